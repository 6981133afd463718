import { describe, expect, expectTypeOf, test } from "vitest";
import {
  asCompleted,
  blockingSleep,
  CancelledError,
  ContextVar,
  coroutine,
  createTask,
  currentTask,
  ExceptionGroup,
  FIRST_COMPLETED,
  FIRST_EXCEPTION,
  gather,
  getRunningLoop,
  sleep,
  TimeoutError,
  taskGroup,
  timed,
  timeout,
  toThread,
  wait,
  waitFor,
} from "../../runtime/index.ts";
import { failure, virtually } from "./virtually.ts";

const fails = coroutine(async (after: number, message: string): Promise<never> => {
  await sleep(after);
  throw new Error(message);
});
const time = () => getRunningLoop().time();

describe("gather", () => {
  test("runs all concurrently and keeps the order and the types", () =>
    virtually(async () => {
      const results = await gather(sleep(2, "a"), sleep(1, 2), () => Promise.resolve(true), Promise.resolve(null));
      expectTypeOf(results).toEqualTypeOf<[string, number, boolean, null]>();
      expect(results).toEqual(["a", 2, true, null]);
      expect(time()).toBe(2);
    }));

  test("throws the first error at once, and the others run on", () =>
    virtually(async () => {
      const other = createTask(sleep(5, "other"));
      expect(await failure(gather(fails(1, "first"), fails(2, "second"), other))).toEqual(new Error("first"));
      expect(time()).toBe(1);
      expect(await other).toBe("other");
    }));

  test("with returnExceptions errors are results", () =>
    virtually(async () => {
      const results = await gather(fails(1, "no"), sleep(1, 1), { returnExceptions: true });
      expect(results).toEqual([new Error("no"), 1]);
    }));

  test("cancelling it cancels all children", () =>
    virtually(async () => {
      const children = [createTask(sleep(5)), createTask(sleep(6))];
      const all = gather(...children);
      await sleep(1);
      all.cancel();
      expect(await failure(all)).toBeInstanceOf(CancelledError);
      expect(children.map((child) => child.cancelled())).toEqual([true, true]);
    }));

  test("of nothing is an empty list", () => virtually(async () => expect(await gather()).toEqual([])));
});

describe("wait", () => {
  test("returns at the first that is done, the first that fails, or after a time", () =>
    virtually(async () => {
      const [a, b, c] = [createTask(sleep(1)), createTask(sleep(3)), createTask(fails(2, "x"))];
      const [done, pending] = await wait([a, b, c], { returnWhen: FIRST_COMPLETED });
      expect([[...done], [...pending]]).toEqual([[a], [b, c]]);
      expect([...(await wait([b, c], { returnWhen: FIRST_EXCEPTION }))[0]]).toEqual([c]);
      expect(time()).toBe(2);
      const [none] = await wait([b], { timeout: 0.5 });
      expect([none.size, time()]).toEqual([0, 2.5]);
      expect((await wait([b]))[0].has(b)).toBe(true);
    }));

  test("of nothing is an error", () =>
    virtually(async () => expect(String(await failure(wait([])))).toContain("Set of Tasks/Futures is empty.")));
});

describe("waitFor and timeout", () => {
  test("waitFor cancels what takes too long and waits for its clean-up", () =>
    virtually(async () => {
      const slow = coroutine(async () => {
        try {
          await sleep(10);
        } finally {
          await sleep(2);
        }
      });
      expect(await failure(waitFor(slow(), 3))).toBeInstanceOf(TimeoutError);
      expect(time()).toBe(5);
      expect(await waitFor(sleep(1, "in time"), 3)).toBe("in time");
    }));

  test("waitFor(…, 0) does not start a coroutine", () =>
    virtually(async () => {
      let started = false;
      const body = coroutine(async () => {
        started = true;
      });
      expect(await failure(waitFor(body(), 0))).toBeInstanceOf(TimeoutError);
      expect(started).toBe(false);
    }));

  test("waitFor abandons a foreign promise", () =>
    virtually(async () => {
      expect(await failure(waitFor(new Promise(() => {}), 3))).toBeInstanceOf(TimeoutError);
      expect(await failure(waitFor(() => new Promise(() => {}), 3))).toBeInstanceOf(TimeoutError);
      expect(time()).toBe(6);
    }));

  test("nested timeouts: the outer one passes through the inner", () =>
    virtually(async () => {
      const lines: string[] = [];
      const error = await failure(
        timeout(1, async () => {
          try {
            await timeout(10, async () => {
              await sleep(100);
            });
          } catch (inner) {
            lines.push(String((inner as Error).name));
            throw inner;
          }
        }),
      );
      expect(lines).toEqual(["CancelledError"]);
      expect(error).toBeInstanceOf(TimeoutError);
      expect(currentTask()?.cancelling()).toBe(0);
    }));

  test("a timeout can be rescheduled", () =>
    virtually(async () => {
      await timeout(1, async (limit) => {
        limit.reschedule(time() + 5);
        await sleep(4);
        expect(limit.expired()).toBe(false);
      });
      expect(time()).toBe(4);
    }));

  test("await using hides the error of the block in a SuppressedError", () =>
    virtually(async () => {
      const error = await failure(
        (async () => {
          await using _limit = timeout(1);
          await sleep(5);
        })(),
      );
      expect(error).toBeInstanceOf(SuppressedError);
      expect((error as SuppressedError).error).toBeInstanceOf(TimeoutError);
    }));
});

test("asCompleted gives tasks in the order in which they are done", () =>
  virtually(async () => {
    const tasks = [createTask(sleep(3, "c")), createTask(sleep(1, "a")), createTask(sleep(2, "b"))];
    const seen: string[] = [];
    for await (const earliest of asCompleted(tasks)) {
      expect(tasks).toContain(earliest);
      seen.push(await earliest);
    }
    expect(seen).toEqual(["a", "b", "c"]);
    const late: unknown[] = [];
    for (const next of asCompleted([sleep(1, 1), sleep(9, 9)], { timeout: 5 }))
      late.push(await Promise.allSettled([next]));
    expect(late).toMatchObject([[{ value: 1 }], [{ reason: expect.any(TimeoutError) }]]);
  }));

describe("taskGroup", () => {
  test("waits for all its tasks and returns the result of its function", () =>
    virtually(async () => {
      const result = await taskGroup(async (group) => {
        group.createTask(sleep(3));
        const task = group.createTask(sleep(1, "result"));
        return await task;
      });
      expect([result, time()]).toEqual(["result", 3]);
    }));

  test("a failing task cancels the others, and all errors come as a group", () =>
    virtually(async () => {
      const lines: string[] = [];
      const error = await failure(
        taskGroup(async (group) => {
          group.createTask(fails(1, "one"));
          group.createTask(async () => {
            try {
              await sleep(10);
            } finally {
              lines.push(`cancelled at ${time()}`);
            }
          });
          await sleep(20);
        }),
      );
      expect(error).toBeInstanceOf(ExceptionGroup);
      expect(error).toBeInstanceOf(AggregateError);
      expect((error as ExceptionGroup).message).toBe("unhandled errors in a TaskGroup (1 sub-exception)");
      expect((error as ExceptionGroup).exceptions).toEqual([new Error("one")]);
      expect(lines).toEqual(["cancelled at 1"]);
      expect(currentTask()?.cancelling()).toBe(0);
    }));

  test("an error of the function itself is part of the group", () =>
    virtually(async () => {
      const error = await failure(
        taskGroup(async (group) => {
          group.createTask(sleep(10));
          throw new Error("mine");
        }),
      );
      expect((error as ExceptionGroup).exceptions).toEqual([new Error("mine")]);
    }));

  test("cancelling the parent cancels the tasks and stays a CancelledError", () =>
    virtually(async () => {
      let child: { cancelled(): boolean } | undefined;
      const parent = createTask(() =>
        taskGroup(async (group) => {
          child = group.createTask(sleep(10));
        }),
      );
      await sleep(1);
      parent.cancel();
      expect(await failure(parent)).toBeInstanceOf(CancelledError);
      expect(child?.cancelled()).toBe(true);
    }));
});

test("a context variable is a task's own and shared by the coroutines that it awaits", () =>
  virtually(async () => {
    const user = new ContextVar<string>("user", { default: "nobody" });
    user.set("Ada");
    const set = coroutine(async (name: string) => {
      await sleep(0);
      user.set(name);
    });
    const task = createTask(async () => {
      const inherited = user.get();
      await set("Grace");
      return [inherited, user.get()];
    });
    expect(await task).toEqual(["Ada", "Grace"]);
    const token = user.set("Alan");
    user.reset(token);
    expect(user.get()).toBe("Ada");
  }));

test("blockingSleep lets virtual time pass without letting anybody run", () =>
  virtually(async () => {
    let ticks = 0;
    createTask(async () => {
      for (;;) {
        ticks++;
        await sleep(1);
      }
    });
    await sleep(0);
    blockingSleep(5);
    expect([ticks, time()]).toEqual([1, 5]);
  }));

test("toThread runs functions of every form: recursive ones whose source has no name, methods, arrows", async () => {
  const fib = ((): ((n: number) => number) => {
    const fib = (n: number): number => (n < 2 ? n : fib(n - 1) + fib(n - 2));
    return fib;
  })();
  const { twice } = {
    twice(n: number) {
      return n * 2;
    },
  };
  const nameless = (
    () => (n: number) =>
      n + 1
  )();
  await virtually(async () => {
    expect(await toThread(fib, 10)).toBe(55);
    expect(await toThread(twice, 4)).toBe(8);
    expect(await toThread(nameless, 4)).toBe(5);
  });
});

test("toThread runs a function elsewhere and passes its result or error on", () =>
  virtually(async () => {
    expect(await toThread((a: number, b: number) => a + b, 3, 4)).toBe(7);
    const error = await failure(
      toThread(() => {
        throw new TypeError("there");
      }),
    );
    expect(error).toEqual(new TypeError("there"));
  }));

test("timed prints the time that it took", () =>
  virtually(async () => {
    const { log } = console;
    const lines: unknown[] = [];
    console.log = (line: unknown) => lines.push(line);
    try {
      expect(await timed("Nap", () => sleep(1.5, "rested"))).toBe("rested");
    } finally {
      console.log = log;
    }
    expect(lines).toEqual(["Nap: 1.50s"]);
  }));
