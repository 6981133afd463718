import { inspect } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Lock, Semaphore } from "../../../runtime/index.ts";
import { cancellation, holds, type Pause, pass, pause, runAll } from "../schedules.ts";

interface Visit {
  arrive: Pause;
  stay: Pause;
  cancelAfter: Pause[] | null;
}

const visits = fc.array(fc.record<Visit>({ arrive: pause, stay: pause, cancelAfter: cancellation }), {
  minLength: 2,
  maxLength: 8,
});

interface Gate {
  acquire(): Promise<unknown>;
  release(): void;
}

/** Sends the visitors through; gives the order of arrival, that of entry, and how many were inside at most. */
async function visit(gate: Gate, plan: Visit[]): Promise<{ arrived: number[]; entered: number[]; most: number }> {
  const arrived: number[] = [];
  const entered: number[] = [];
  let [inside, most] = [0, 0];
  await runAll(
    plan.map(({ arrive, stay, cancelAfter }, i) => ({
      cancelAfter,
      body: async () => {
        await pass(arrive);
        arrived.push(i);
        await gate.acquire();
        entered.push(i);
        most = Math.max(most, ++inside);
        try {
          await pass(stay);
        } finally {
          inside--;
          gate.release();
        }
      },
    })),
  );
  return { arrived, entered, most };
}

/** Who entered did so in the order of arrival. */
const expectFifo = ({ arrived, entered }: { arrived: number[]; entered: number[] }) =>
  expect(entered).toEqual(arrived.filter((i) => entered.includes(i)));

test("a lock lets one in at a time, in the order of arrival, and is free at the end", () =>
  holds(visits, async (plan) => {
    const lock = new Lock();
    const seen = await visit(lock, plan);
    expect(seen.most).toBeLessThanOrEqual(1);
    expectFifo(seen);
    expect(inspect(lock)).toBe("<Lock [unlocked]>");
  }));

test("no wake-up of a lock is lost: all who are not cancelled get in", () =>
  holds(visits, async (plan) => {
    const { entered } = await visit(new Lock(), plan);
    const mustEnter = plan.flatMap(({ cancelAfter }, i) => (cancelAfter === null ? [i] : []));
    expect(entered).toEqual(expect.arrayContaining(mustEnter));
  }));

test("a semaphore of n lets at most n in, in the order of arrival, and has its permits back at the end", () =>
  holds(fc.tuple(fc.integer({ min: 1, max: 4 }), visits), async ([permits, plan]) => {
    const semaphore = new Semaphore(permits);
    const seen = await visit(semaphore, plan);
    expect(seen.most).toBeLessThanOrEqual(permits);
    expectFifo(seen);
    expect(inspect(semaphore)).toBe(`<Semaphore [unlocked, value:${permits}]>`);
  }));
