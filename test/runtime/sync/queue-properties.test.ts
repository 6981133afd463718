import { inspect } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Queue, QueueShutDown } from "../../../runtime/index.ts";
import { cancellation, holds, type Pause, pass, pause, runAll, unlessCancelled } from "../schedules.ts";

interface Worker {
  pauses: Pause[];
  cancelAfter: Pause[] | null;
}

const worker = fc.record<Worker>({
  pauses: fc.array(pause, { minLength: 1, maxLength: 5 }),
  cancelAfter: cancellation,
});
const plans = fc.record({
  maxsize: fc.integer({ min: 0, max: 3 }),
  producers: fc.array(worker, { minLength: 1, maxLength: 4 }),
  consumers: fc.array(worker, { minLength: 1, maxLength: 4 }),
});

test("a queue loses and duplicates no item, keeps their order and its bound, whoever is cancelled", () =>
  holds(plans, async ({ maxsize, producers, consumers }) => {
    const queue = new Queue<string>(maxsize);
    const put: string[] = [];
    const got: string[] = [];
    const checkBound = () => expect(maxsize === 0 || queue.qsize() <= maxsize).toBe(true);
    let producing = producers.length;
    const produce = ({ pauses, cancelAfter }: Worker, producer: number) => ({
      cancelAfter,
      body: async () => {
        try {
          for (const [i, time] of pauses.entries()) {
            await pass(time);
            await queue.put(`${producer}.${i}`);
            put.push(`${producer}.${i}`);
            checkBound();
          }
        } finally {
          if (--producing === 0) queue.shutdown();
        }
      },
    });
    const consume = ({ pauses, cancelAfter }: Worker) => ({
      cancelAfter,
      body: async () => {
        for (let i = 0; ; i++) {
          let item: string;
          try {
            item = await queue.get();
          } catch (error) {
            if (error instanceof QueueShutDown) return;
            throw error;
          }
          got.push(item);
          queue.taskDone();
          checkBound();
          await pass(pauses[i % pauses.length] as Pause);
        }
      },
    });
    // One consumer that is never cancelled, so that every producer comes to its end.
    const last = { pauses: [{ turns: 1 }], cancelAfter: null };
    await runAll([...producers.map(produce), ...[...consumers, last].map(consume)]);
    expect(got).toEqual(put);
    await queue.join();
    expect(inspect(queue)).toBe(`<Queue maxsize=${maxsize} shutdown>`);
  }));

test("a cancelled get takes nothing and a cancelled put puts nothing", () =>
  holds(plans, async ({ maxsize, producers, consumers }) => {
    const queue = new Queue<number>(maxsize);
    let [put, got] = [0, 0];
    const once = (step: () => Promise<void>) => (plan: Worker) => ({
      cancelAfter: plan.cancelAfter ?? [{ seconds: 5 }],
      body: () =>
        unlessCancelled(async () => {
          for (const time of plan.pauses) {
            await pass(time);
            await step();
          }
        }),
    });
    await runAll([
      ...producers.map(
        once(async () => {
          await queue.put(1);
          put++;
        }),
      ),
      ...consumers.map(
        once(async () => {
          await queue.get();
          got++;
        }),
      ),
    ]);
    expect(queue.qsize()).toBe(put - got);
    expect(inspect(queue)).not.toMatch(/getters|putters/);
  }));
