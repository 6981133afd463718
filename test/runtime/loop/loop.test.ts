import { AsyncLocalStorage } from "node:async_hooks";
import { describe, expect, test } from "vitest";
import {
  coroutine,
  createTask,
  currentTask,
  Future,
  gather,
  getRunningLoop,
  RuntimeError,
  run,
  sleep,
} from "../../../runtime/index.ts";
import { VirtualClock } from "../../../runtime/testing.ts";
import { failure, virtually } from "../virtually.ts";

describe("the order of turns is asyncio's", () => {
  test("two tasks that sleep(0) alternate strictly", () =>
    virtually(async () => {
      const lines: string[] = [];
      const count = coroutine(async (name: string) => {
        for (let i = 0; i < 3; i++) {
          lines.push(`${name}${i}`);
          await sleep(0);
        }
      });
      await gather(count("a"), count("b"));
      expect(lines).toEqual(["a0", "b0", "a1", "b1", "a2", "b2"]);
    }));

  test("awaiting plain promises and coroutines in between does not let another task in", () =>
    virtually(async () => {
      const lines: string[] = [];
      const nothing = coroutine(async () => {});
      const count = coroutine(async (name: string, hops: number) => {
        for (let i = 0; i < 3; i++) {
          for (let hop = 0; hop < hops; hop++) await null;
          await nothing();
          lines.push(`${name}${i}`);
          await sleep(0);
        }
      });
      await gather(count("a", 20), count("b", 0));
      expect(lines).toEqual(["a0", "b0", "a1", "b1", "a2", "b2"]);
    }));

  test("a coroutine that never suspends does not yield", () =>
    virtually(async () => {
      const lines: string[] = [];
      const inner = coroutine(async (i: number) => i);
      const busy = coroutine(async (name: string) => {
        for (let i = 0; i < 3; i++) lines.push(`${name}${await inner(i)}`);
      });
      await gather(busy("a"), busy("b"));
      expect(lines).toEqual(["a0", "a1", "a2", "b0", "b1", "b2"]);
    }));

  test("callSoon runs callbacks in order, after what is ready", () =>
    virtually(async () => {
      const lines: string[] = [];
      const loop = getRunningLoop();
      loop.callSoon(() => lines.push("first"));
      createTask(async () => lines.push("task"));
      loop.callSoon((what: string) => lines.push(what), "second");
      lines.push("before");
      await sleep(0);
      expect(lines).toEqual(["before", "first", "task", "second"]);
    }));

  test("a future wakes its waiter one turn after it was set", () =>
    virtually(async () => {
      const lines: string[] = [];
      const future = new Future<void>();
      const waiter = createTask(async () => {
        await future;
        lines.push("woken");
      });
      await sleep(0);
      future.setResult();
      getRunningLoop().callSoon(() => lines.push("soon"));
      await waiter;
      expect(lines).toEqual(["woken", "soon"]);
    }));

  test("timers go off in the order of their times, ties in the order of arrival", () =>
    virtually(async () => {
      const lines: string[] = [];
      const loop = getRunningLoop();
      loop.callLater(2, () => lines.push("2"));
      loop.callLater(1, () => lines.push("1a"));
      loop.callLater(1, () => lines.push("1b"));
      const cancelled = loop.callLater(1.5, () => lines.push("never"));
      cancelled.cancel();
      await sleep(3);
      expect(lines).toEqual(["1a", "1b", "2"]);
    }));
});

test("Node has its turn, for I/O and timers, after 64 handles at the latest", () =>
  run(async () => {
    const handles: number[] = [];
    for (let i = 0; i < 5; i++) {
      let count = 0;
      let hadTurn = false;
      setImmediate(() => {
        hadTurn = true;
      });
      for (; !hadTurn && count < 1000; count++) await sleep(0);
      handles.push(count);
    }
    expect(Math.max(...handles)).toBeLessThanOrEqual(64);
  }));

test("a timer whose time has come goes off after what is ready then, while another task never rests", async () => {
  const clock = new VirtualClock();
  const times: number[] = [];
  await run(
    async () => {
      getRunningLoop().callLater(0.02, () => times.push(clock.time()));
      while (times.length === 0) {
        await sleep(0);
        clock.advance(0.001);
      }
    },
    { clock },
  );
  // The other task was ready at 0.02, and moved the clock once more.
  expect(times).toEqual([0.021]);
});

test("a timer beyond 2^31 ms does not go off at once", () =>
  run(async () => {
    let fired = false;
    const timer = getRunningLoop().callLater(2 ** 31 / 1000 + 1000, () => {
      fired = true;
    });
    await sleep(0.02);
    timer.cancel();
    expect(fired).toBe(false);
  }));

test("a callback that throws is reported and does not stop the loop", () =>
  virtually(async () => {
    const loop = getRunningLoop();
    const write = process.stderr.write;
    let told = "";
    process.stderr.write = (text: unknown) => {
      told += String(text);
      return true;
    };
    try {
      loop.callSoon(function explode() {
        throw new Error("boom");
      });
      await sleep(1);
    } finally {
      process.stderr.write = write;
    }
    expect(told).toContain("Exception in callback explode()");
    expect(told).toContain("boom");
  }));

describe("contexts", () => {
  test("a task runs in the async context of createTask, a callback in that of its registration", () =>
    virtually(async () => {
      const user = new AsyncLocalStorage<string>();
      const seen: (string | undefined)[] = [];
      const loop = getRunningLoop();
      const task = user.run("task", () =>
        createTask(async () => {
          seen.push(user.getStore());
          await sleep(1);
          seen.push(user.getStore());
        }),
      );
      user.run("soon", () => loop.callSoon(() => seen.push(user.getStore())));
      user.run("later", () => loop.callLater(2, () => seen.push(user.getStore())));
      user.run("done", () => task.addDoneCallback(() => seen.push(user.getStore())));
      await sleep(3);
      expect(seen).toEqual(["task", "soon", "task", "done", "later"]);
    }));

  test("no task is current in a callback", () =>
    virtually(async () => {
      let current: unknown = "unset";
      getRunningLoop().callSoon(() => {
        current = currentTask();
      });
      await sleep(0);
      expect(current).toBeNull();
      expect(currentTask()?.name).toMatch(/^Task-/);
    }));
});

describe("run", () => {
  test("returns the result and closes the loop", async () => {
    let loop = undefined as ReturnType<typeof getRunningLoop> | undefined;
    const result = await virtually(async () => {
      loop = getRunningLoop();
      return 42;
    });
    expect(result).toBe(42);
    expect(loop?.closed).toBe(true);
  });

  test("is refused inside a running loop, and says what to write instead", () =>
    virtually(async () => {
      const main = coroutine(async function main() {});
      expect(() => run(main())).toThrow(RuntimeError);
      expect(() => run(main())).toThrow("run() cannot be called from a running event loop");
      expect(() => run(main())).toThrow("await main()");
    }));

  test("cancels and awaits what is left", async () => {
    const lines: string[] = [];
    await virtually(async () => {
      createTask(async () => {
        try {
          await sleep(100);
        } finally {
          await sleep(1);
          lines.push("cleaned up");
        }
      });
      await sleep(0);
    });
    expect(lines).toEqual(["cleaned up"]);
  });

  test("createTask outside of a loop is an error", () => {
    const main = coroutine(async () => {});
    const unused = main();
    expect(() => createTask(unused)).toThrow("no running event loop");
    unused.close();
  });

  test("passes an error on", async () => {
    expect(await failure(virtually(async () => Promise.reject(new Error("no"))))).toEqual(new Error("no"));
  });
});

describe("code that JavaScript runs beside a task", () => {
  test("does not let the loop run two tasks at a time", () =>
    virtually(async () => {
      const lines: string[] = [];
      const noisy = async (name: string) => {
        for (let i = 0; i < 3; i++) {
          await sleep(0);
          lines.push(`${name}${i}`);
        }
      };
      const both = createTask(async () => void (await Promise.all([noisy("a"), noisy("b")])));
      const other = createTask(() => noisy("c"));
      await gather(both, other);
      expect(lines).toEqual(["a0", "b0", "c0", "a1", "b1", "c1", "a2", "b2", "c2"]);
    }));

  test("a promise of the outside lets the others run meanwhile, and the task go on", () =>
    run(async () => {
      const lines: string[] = [];
      const foreign = createTask(async () => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        lines.push("foreign");
      });
      const busy = createTask(async () => {
        for (let i = 0; i < 1000; i++) await sleep(0);
        lines.push("busy");
      });
      await gather(foreign, busy);
      expect(lines).toHaveLength(2);
    }));
});
