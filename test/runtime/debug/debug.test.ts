import { AsyncLocalStorage } from "node:async_hooks";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { taskCreated } from "../../../runtime/core/channels.ts";
import { setHandlers, type UncaughtContext, type Warning } from "../../../runtime/core/reports.ts";
import { collectUnstarted, startLoop, stopLoop } from "../../../runtime/host.ts";
import {
  type AwaitableLike,
  blockingSleep,
  CancelledError,
  Condition,
  checkpoint,
  createTask,
  currentTask,
  EventLoop,
  gather,
  getRunningLoop,
  Lock,
  run,
  Semaphore,
  sleep,
  taskGroup,
  timeout,
  waitFor,
} from "../../../runtime/index.ts";
import { VirtualClock } from "../../../runtime/testing.ts";
import { failure } from "../virtually.ts";

let warnings: Warning[] = [];
let errors: UncaughtContext[] = [];
beforeEach(() => {
  warnings = [];
  errors = [];
  setHandlers({ onWarning: (warning) => warnings.push(warning), onError: (error) => errors.push(error) });
});
afterEach(() => setHandlers());

const debugged = <T>(main: AwaitableLike<T>) => run(main, { debug: true, clock: new VirtualClock() });

/** The messages, with the places in this file as `here:LINE`. */
const messages = () => warnings.map(({ message }) => message.replace(/\S*debug\.test\.ts:(\d+):\d+\)?/g, "here:$1"));

/** The line of this file that calls it. */
const line = (): number => Number(/debug\.test\.ts:(\d+)/.exec(new Error().stack?.split("\n")[2] ?? "")?.[1]);
const compute = (seconds: number): void => (getRunningLoop().clock as VirtualClock).advance(seconds);

describe("debug mode is on", () => {
  test("for a run, for a loop, or by LOOPBOOK_DEBUG", async () => {
    vi.stubEnv("LOOPBOOK_DEBUG", "1");
    expect(await run(async () => getRunningLoop().debug)).toBe(true);
    expect(await run(async () => getRunningLoop().debug, { debug: false })).toBe(false);
    vi.stubEnv("LOOPBOOK_DEBUG", "0");
    expect(await run(async () => getRunningLoop().debug)).toBe(false);
    vi.unstubAllEnvs();
  });

  test("until the loop is closed or it is taken back: then nobody listens", async () => {
    await debugged(async () => expect(taskCreated.hasSubscribers).toBe(true));
    expect(taskCreated.hasSubscribers).toBe(false);
    const loop = new EventLoop({ debug: true });
    loop.debug = false;
    expect(taskCreated.hasSubscribers).toBe(false);
  });

  test("for one loop, and not for another", async () => {
    const other = new EventLoop({ debug: true });
    await run(async () => blockingSleep(1), { clock: new VirtualClock() });
    other.close();
    expect(warnings).toEqual([]);
  });
});

describe("slow callbacks", () => {
  test("a blocking sleep is named with its task and its line", async () => {
    let at = 0;
    await debugged(async function main() {
      const slow = async () => {
        await sleep(1);
        at = line() + 1;
        blockingSleep(0.153);
        await sleep(1);
      };
      await createTask(slow, { name: "x" });
    });
    expect(messages()).toEqual([
      `Executing <Task pending name='x' coro=<slow()>> took 0.153 seconds, in blockingSleep at slow here:${at}`,
    ]);
  });

  test("computing is named with the awaits between which it ran", async () => {
    let at = 0;
    await debugged(async function main() {
      at = line() + 1;
      await sleep(1);
      compute(0.5);
      await sleep(1);
      compute(0.2);
    });
    expect(messages().map((message) => message.replace(/name='.*?'/, "name"))).toEqual([
      `Executing <Task pending name coro=<main()>> took 0.500 seconds, between the awaits at main here:${at} and main here:${at + 2}`,
      `Executing <Task finished name coro=<main()> result=undefined> took 0.200 seconds, after the await at main here:${at + 2}`,
    ]);
  });

  test("callbacks too", async () => {
    await debugged(async () => {
      getRunningLoop().callSoon(function refresh() {
        compute(0.25);
      });
      await sleep(1);
    });
    expect(messages()).toEqual(["Executing <Handle refresh()> took 0.250 seconds"]);
  });

  test("after a checkpoint on a promise of the outside", async () => {
    await debugged(async () => {
      await checkpoint(new Promise((resolve) => setImmediate(resolve)));
      compute(0.3);
    });
    expect(messages()).toEqual([expect.stringContaining("took 0.300 seconds, after the await at")]);
  });

  test("from `slowCallbackDuration` seconds on", async () => {
    await debugged(async () => {
      compute(0.09);
      await sleep(0);
      getRunningLoop().slowCallbackDuration = 2;
      compute(1.9);
    });
    expect(messages()).toEqual([]);
  });

  test("are shown in the cell that made the task", async () => {
    const cell = new AsyncLocalStorage<string>();
    const shown: string[] = [];
    const loop = startLoop({
      debug: true,
      clock: new VirtualClock(),
      onWarning: ({ message }) => shown.push(`${cell.getStore()}: ${message}`),
    });
    const first = cell.run("cell 1", () => loop.createTask(() => sleep(1).then(() => blockingSleep(1))));
    const second = cell.run("cell 2", () => loop.createTask(() => sleep(3)));
    await gather(first, second);
    stopLoop(loop);
    expect(shown).toEqual([expect.stringMatching(/^cell 1: Executing/)]);
  });
});

describe("errors that nobody retrieved", () => {
  test("come with where their task was made", async () => {
    let at = 0;
    await debugged(async () => {
      const drop = () => {
        at = line() + 1;
        createTask(async () => Promise.reject(new Error("lost")), { name: "x" });
      };
      drop();
      await sleep(1);
    });
    for (let turns = 0; turns < 20 && errors.length === 0; turns++) await collectUnstarted();
    expect(errors).toMatchObject([{ message: "Task exception was never retrieved" }]);
    expect(errors[0]?.created).toContain(`debug.test.ts:${at}:`);
  });
});

describe("forgotten locks", () => {
  test("a task that ends while it holds one", async () => {
    let at = 0;
    await debugged(async () => {
      const lock = new Lock();
      const held = async () => {
        at = line() + 1;
        await lock.acquire();
      };
      await createTask(held, { name: "x" });
    });
    expect(warnings).toMatchObject([
      { category: "ResourceWarning", message: "Task 'x' ended without releasing <Lock [locked]>, which it acquired" },
    ]);
    expect(warnings[0]?.stack).toContain(`debug.test.ts:${at}:`);
  });

  test("one that it had to wait for, and the permit of a semaphore", async () => {
    await debugged(async () => {
      const lock = new Lock();
      const slots = new Semaphore(2);
      const keep = async () => {
        await slots.acquire();
        await lock.acquire();
      };
      const holder = createTask(lock.with(() => sleep(1)));
      await sleep(0);
      await gather(holder, createTask(keep, { name: "x" }));
    });
    expect(messages()).toEqual([
      "Task 'x' ended without releasing <Semaphore [unlocked, value:1]>, which it acquired",
      "Task 'x' ended without releasing <Lock [locked]>, which it acquired",
    ]);
  });

  test("not those that were released, by whoever, or are held for another task", async () => {
    await debugged(async () => {
      const lock = new Lock();
      const slots = new Semaphore(3);
      const condition = new Condition();
      const work = async () => {
        using _held = await lock.acquire();
        await slots.with(() => condition.with(() => sleep(0.1)));
      };
      await gather(work(), createTask(work), createTask(work));
      await lock.acquire();
      createTask(async () => {
        lock.release();
      });
      await createTask(lock.acquire());
      lock.release();
      expect(lock.locked()).toBe(false);
    });
    expect(messages()).toEqual([]);
  });
});

describe("swallowed cancellations", () => {
  test("a task that finishes as if it had not been cancelled", async () => {
    let at = 0;
    await debugged(async () => {
      const deaf = async () => {
        try {
          at = line() + 1;
          await sleep(9);
        } catch {}
        return "done";
      };
      const task = createTask(deaf, { name: "x" });
      await sleep(1);
      task.cancel();
      expect(await task).toBe("done");
    });
    expect(messages()).toEqual([
      `Task 'x' was cancelled at deaf here:${at}, and finished as if it had not been: ` +
        "a catch swallowed the CancelledError; throw it again, or call uncancel() to refuse",
    ]);
    expect(warnings[0]?.stack).toContain(`debug.test.ts:${at}:`);
  });

  test("a loop that goes on, once", async () => {
    await debugged(async () => {
      const deaf = async () => {
        for (;;) {
          try {
            await sleep(1);
          } catch {
            if ((currentTask()?.cancelling() ?? 0) > 1) throw new CancelledError();
          }
        }
      };
      const task = createTask(deaf, { name: "x" });
      await sleep(2.5);
      task.cancel();
      await sleep(5);
      task.cancel();
      await failure(task);
    });
    expect(messages()).toEqual([
      expect.stringMatching(/^Task 'x' was cancelled at .*, and waits there again: a catch/),
    ]);
  });

  test("a checkpoint of a cell, and a task that awaits another", async () => {
    await debugged(async () => {
      const never = new Promise(() => {});
      const inner = createTask(sleep(9));
      const swallow = async (what: () => PromiseLike<unknown>) => {
        try {
          await what();
        } catch {}
      };
      const outside = createTask(async () => swallow(() => checkpoint(never)), { name: "outside" });
      const waiter = createTask(async () => swallow(() => inner), { name: "waiter" });
      await sleep(1);
      for (const task of [outside, waiter]) task.cancel();
      await gather(outside, waiter);
    });
    expect(messages()).toMatchObject([/'outside' was/, /'waiter' was/].map((text) => expect.stringMatching(text)));
  });

  test("not clean-up that awaits, refusals, time limits, groups or conditions", async () => {
    await debugged(async () => {
      const condition = new Condition();
      const bodies: (() => Promise<unknown>)[] = [
        async () => {
          try {
            await sleep(9);
          } finally {
            for (let i = 0; i < 5; i++) await sleep(0.1);
          }
        },
        async () => {
          try {
            await sleep(9);
          } catch {
            currentTask()?.uncancel();
          }
          await sleep(1);
        },
        () => taskGroup(async (group) => void group.createTask(() => sleep(9))),
        () => condition.with(() => condition.wait()),
        () => waitFor(sleep(9), 20),
      ];
      const tasks = bodies.map((body) => createTask(body));
      await sleep(1);
      for (const task of tasks) task.cancel();
      await gather(...tasks, { returnExceptions: true });
      await failure(timeout(1, () => sleep(2)));
      await failure(
        taskGroup(async (group) => {
          group.createTask(async () => Promise.reject(new Error("one")));
          await sleep(9);
        }),
      );
      await failure(waitFor(createTask(sleep(9)), 0));
    });
    expect(messages()).toEqual([]);
  });
});

describe("cancels that do not reach", () => {
  test("a promise of the outside without a checkpoint", async () => {
    await debugged(async () => {
      const deaf = async () => {
        await sleep(1);
        await new Promise((resolve) => setTimeout(resolve, 20));
        await sleep(1);
      };
      const task = createTask(deaf, { name: "x" });
      await sleep(1);
      await sleep(0);
      task.cancel();
      await failure(task);
      expect(task.cancelled()).toBe(true);
    });
    expect(messages()).toEqual([
      "Task 'x' was cancelled, but waits for a promise that the cancel does not reach: " +
        "write `await checkpoint(promise)`; it is after this await",
    ]);
    expect(warnings[0]?.stack).toMatch(/deaf.*debug\.test\.ts/);
  });

  test("not a task that has not begun, cancels itself, or is reached", async () => {
    await debugged(async () => {
      const pending = () => new Promise((resolve) => setTimeout(resolve, 20));
      const unborn = createTask(() => sleep(1));
      unborn.cancel();
      const reached = createTask(async () => void (await checkpoint(pending())));
      const own = createTask(async () => {
        currentTask()?.cancel();
        await sleep(0);
      });
      await sleep(1);
      reached.cancel();
      await gather(unborn, reached, own, { returnExceptions: true });
      await new Promise((resolve) => setTimeout(resolve, 5));
    });
    expect(messages()).toEqual([]);
  });
});
