import { afterEach, describe, expect, test, vi } from "vitest";
import * as tracing from "../../../runtime/core/channels.ts";
import {
  blockingSleep,
  checkpoint,
  coroutine,
  createTask,
  gather,
  getRunningLoop,
  Lock,
  Queue,
  Semaphore,
  sleep,
  type TaskTimeline,
  type Timeline,
  taskGroup,
  timelineOf,
  trace,
} from "../../../runtime/index.ts";
import { VirtualClock } from "../../../runtime/testing.ts";
import { failure, virtually } from "../virtually.ts";

const traced = <T>(main: () => Promise<T>) => trace(main, { clock: new VirtualClock() });

function named(timeline: Timeline, name: string): TaskTimeline {
  const found = timeline.tasks.find((task) => task.name === name);
  if (found === undefined) throw new Error(`no task ${name}`);
  return found;
}

const spans = (task: TaskTimeline) => task.intervals.map(({ kind, start, end, on }) => [kind, start, end, on]);

/** Spins on the virtual clock: code that holds the loop without a blocking sleep. */
function compute(seconds: number): void {
  (getRunningLoop().clock as VirtualClock).advance(seconds);
}

describe("trace", () => {
  test("returns the result and when each task waited, exactly", async () => {
    const { result, timeline } = await traced(async function main() {
      return gather(createTask(sleep(1, "a"), { name: "a" }), createTask(sleep(2.5, "b"), { name: "b" }));
    });
    expect(result).toEqual(["a", "b"]);
    expect(timeline.duration).toBe(2.5);
    expect(timeline.tasks.map(({ name }) => name)).toEqual(["main", "a", "b"]);
    expect(spans(named(timeline, "a"))).toEqual([["waiting", 0, 1, "sleep"]]);
    expect(spans(named(timeline, "main"))).toEqual([["waiting", 0, 2.5, "2 tasks"]]);
    expect(named(timeline, "b")).toMatchObject({ start: 0, end: 2.5, outcome: "finished" });
  });

  test("speed-up compares with the tasks one after another; waits for other tasks do not count", async () => {
    const lock = new Lock();
    const { timeline } = await traced(() => gather(...[1, 2].map(() => lock.with(() => sleep(1))), sleep(2)));
    expect(timeline.sequential).toBe(4);
    expect(timeline.speedup).toBe(2);
    expect(timeline.summary).toBe("2.00s instead of 4.00s one after another: 2.0 times as fast");
  });

  test("a program in one line has no speed-up", async () => {
    const { timeline } = await traced(async () => {
      await sleep(1);
      await sleep(1);
    });
    expect([timeline.speedup, timeline.summary]).toEqual([1, "2.00s; nothing ran concurrently"]);
  });

  test("parents and awaiters", async () => {
    const { timeline } = await traced(async function main() {
      const inner = createTask(
        async () => {
          await createTask(sleep(2), { name: "leaf" });
        },
        { name: "inner" },
      );
      await taskGroup(async (group) => {
        group.createTask(sleep(1), { name: "member" });
      });
      await inner;
    });
    const seen = timeline.tasks.map(({ name, parent, awaitedBy }) => [
      name,
      parent?.name ?? null,
      ...awaitedBy.map((task) => task.name),
    ]);
    expect(seen).toEqual([
      ["main", null],
      ["inner", "main", "main"],
      ["member", "main", "main"],
      ["leaf", "inner", "inner"],
    ]);
  });

  test("a blocking sleep is blocked time, of the task that sleeps", async () => {
    const { timeline } = await traced(async () => {
      const other = createTask(sleep(1), { name: "other" });
      await sleep(0.5);
      blockingSleep(2);
      await other;
    });
    expect(spans(timeline.tasks[0] as TaskTimeline)).toEqual([
      ["waiting", 0, 0.5, "sleep"],
      ["blocked", 0.5, 2.5, null],
    ]);
    expect([timeline.blocked, timeline.running]).toEqual([2, 0]);
    expect(named(timeline, "other").end).toBe(2.5);
  });

  test("computing is blocked time if another task could have gone on, else running", async () => {
    const { timeline } = await traced(async () => {
      const worker = createTask(async () => compute(1), { name: "worker" });
      await worker;
      const timer = createTask(sleep(0.5));
      await sleep(0);
      compute(1);
      await timer;
      compute(0.05);
    });
    expect(spans(named(timeline, "worker"))).toEqual([["running", 0, 1, null]]);
    expect(spans(timeline.tasks[0] as TaskTimeline)).toEqual([
      ["waiting", 0, 1, "worker"],
      ["blocked", 1, 2, null],
      ["running", 2, 2.05, null],
    ]);
  });

  test("the task that starts an eager one gets its own time back", async () => {
    const { timeline } = await traced(async () => {
      const eager = createTask(
        async () => {
          compute(0.01);
          await sleep(1);
        },
        { name: "eager", eager: true },
      );
      compute(0.02);
      await eager;
    });
    expect([named(timeline, "eager").running, timeline.tasks[0]?.running]).toEqual([0.01, 0.02]);
  });

  test("a callback's time is no task's", async () => {
    const { timeline } = await traced(async () => {
      getRunningLoop().callSoon(() => compute(1));
      await sleep(0.5);
    });
    expect([timeline.running, timeline.waiting, timeline.duration]).toEqual([0, 1, 1]);
  });

  test("promises of the outside, with a checkpoint and without", async () => {
    const { timeline } = await traced(async () => {
      await checkpoint(new Promise((resolve) => setTimeout(resolve, 5)));
      await new Promise((resolve) => setTimeout(resolve, 5));
      const timer = sleep(1).then(() => {});
      compute(0.03);
      await timer;
    });
    const [main] = timeline.tasks;
    expect(main?.intervals.at(-1)).toMatchObject({ kind: "waiting", on: "sleep", outside: true });
    expect(timeline.duration).toBe(1);
  });

  test("tasks that are still pending at the end, cancelled or failed", async () => {
    const { timeline } = await traced(async () => {
      createTask(sleep(9), { name: "daemon" });
      const stopped = createTask(sleep(9), { name: "stopped" });
      const unborn = createTask(sleep(9), { name: "unborn" });
      unborn.cancel();
      const broken = createTask(async () => Promise.reject(new Error("no")), { name: "broken" });
      await failure(broken);
      await sleep(1);
      stopped.cancel();
      await failure(stopped);
    });
    const seen = timeline.tasks.slice(1).map(({ name, outcome, end }) => [name, outcome, end]);
    expect(seen).toEqual([
      ["daemon", "pending", null],
      ["stopped", "cancelled", 1],
      ["unborn", "cancelled", 0],
      ["broken", "failed", 0],
    ]);
    expect(spans(named(timeline, "daemon"))).toEqual([["waiting", 0, 1, "sleep"]]);
  });

  test("an error comes through as it is, with the timeline beside it", async () => {
    const lost = new TypeError("lost");
    const error = await failure(
      traced(async function main() {
        await sleep(2);
        throw lost;
      }),
    );
    expect(error).toBe(lost);
    expect(timelineOf(error)?.tasks[0]).toMatchObject({ name: "main", outcome: "failed", end: 2 });
    expect(timelineOf(new Error("another"))).toBeUndefined();
    expect(timelineOf("not an object")).toBeUndefined();
  });

  test("inside a running loop it leaves out the tasks of others; a clock is refused", async () => {
    await virtually(async () => {
      const others = createTask(sleep(3), { name: "others" });
      await sleep(1);
      const { timeline } = await trace(
        coroutine(async function part() {
          await gather(sleep(1), others);
        })(),
      );
      expect(timeline.tasks.map(({ name }) => name)).toEqual(["part", expect.stringMatching(/^Task-/)]);
      expect(timeline.duration).toBe(2);
      expect(() => trace(() => sleep(1), { clock: new VirtualClock() })).toThrow("cannot change the clock");
    });
  });

  test("cancelling the trace cancels what is traced", async () => {
    await virtually(async () => {
      const cleaned: string[] = [];
      const task = createTask(
        trace(async () => {
          try {
            await sleep(9);
          } finally {
            cleaned.push("up");
          }
        }),
      );
      await sleep(1);
      task.cancel();
      await failure(task);
      expect(cleaned).toEqual(["up"]);
      expect(task.cancelled()).toBe(true);
    });
  });
});

describe("nothing is paid when nobody listens", () => {
  afterEach(() => vi.restoreAllMocks());

  test("no message is made while a program runs, also after a trace", async () => {
    await traced(() => sleep(1));
    const channels = Object.values(tracing);
    const published = channels.map((channel) => vi.spyOn(channel, "publish"));
    await virtually(async () => {
      const lock = new Lock();
      const queue = new Queue<number>();
      const slots = new Semaphore(1);
      const work = async () => {
        await lock.with(() => sleep(0.1));
        await slots.with(() => checkpoint(Promise.resolve()));
        await queue.put(await queue.get());
      };
      const tasks = [createTask(work()), createTask(work(), { eager: true })];
      queue.putNowait(1);
      blockingSleep(0.1);
      await gather(...tasks);
      const unborn = createTask(sleep(1));
      unborn.cancel();
      await failure(unborn);
    });
    expect(channels.map((channel) => channel.hasSubscribers)).toEqual(channels.map(() => false));
    for (const publish of published) expect(publish).not.toHaveBeenCalled();
  });
});
