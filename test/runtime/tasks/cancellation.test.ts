import { getEventListeners } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { setInterruptCheck } from "../../../runtime/host.ts";
import {
  CancelledError,
  checkpoint,
  coroutine,
  createTask,
  currentTask,
  Future,
  gather,
  getRunningLoop,
  run,
  shield,
  sleep,
  type Task,
  TimeoutError,
  timeout,
  waitFor,
} from "../../../runtime/index.ts";
import { failure, virtually } from "../virtually.ts";

describe("cancelling a task", () => {
  test("throws at the innermost await, then outward, and waits for clean-up", () =>
    virtually(async () => {
      const lines: string[] = [];
      const inner = coroutine(async () => {
        try {
          await sleep(10);
        } finally {
          await sleep(1);
          lines.push(`inner ${getRunningLoop().time()}`);
        }
      });
      const outer = coroutine(async () => {
        try {
          await inner();
        } catch (error) {
          lines.push(`outer ${String(error)}`);
          throw error;
        }
      });
      const task = createTask(outer());
      await sleep(2);
      expect(task.cancel("enough")).toBe(true);
      expect(String(await failure(task))).toBe("CancelledError: enough");
      expect(lines).toEqual(["inner 3", "outer CancelledError: enough"]);
      expect(task.cancelled()).toBe(true);
    }));

  test("before it starts, its body never runs", () =>
    virtually(async () => {
      let ran = false;
      const task = createTask(async () => {
        ran = true;
      });
      task.cancel();
      expect(await failure(task)).toBeInstanceOf(CancelledError);
      expect(ran).toBe(false);
    }));

  test("can be refused; cancelling and uncancel count the requests", () =>
    virtually(async () => {
      const task = createTask(async () => {
        try {
          await sleep(10);
        } catch {
          await sleep(1);
        }
        return [currentTask()?.cancelling(), currentTask()?.uncancel()];
      });
      await sleep(1);
      task.cancel();
      expect(await task).toEqual([1, 0]);
      expect(task.cancelled()).toBe(false);
    }));

  test("of a task that awaits a task cancels that one", () =>
    virtually(async () => {
      const child = createTask(sleep(10));
      const parent = createTask(async () => await child);
      await sleep(1);
      parent.cancel();
      await failure(parent);
      expect(child.cancelled()).toBe(true);
    }));

  test("of a task that awaits a future cancels the future", () =>
    virtually(async () => {
      const future = new Future();
      const task = createTask(async () => await future);
      await sleep(1);
      task.cancel();
      await failure(task);
      expect(future.cancelled()).toBe(true);
    }));

  test("itself is delivered at its next await", () =>
    virtually(async () => {
      const lines: string[] = [];
      const task = createTask(async () => {
        currentTask()?.cancel();
        lines.push("goes on");
        await sleep(0);
        lines.push("never");
      });
      await failure(task);
      expect(lines).toEqual(["goes on"]);
    }));

  test("a shielded one runs on", () =>
    virtually(async () => {
      const inner = createTask(sleep(2, "done"));
      const outer = createTask(async () => await shield(inner));
      await sleep(1);
      outer.cancel();
      expect(await failure(outer)).toBeInstanceOf(CancelledError);
      expect(await inner).toBe("done");
    }));

  test("in plain modules reaches the body of a thunk that started in it", () =>
    virtually(async () => {
      const lines: string[] = [];
      const f = async () => {
        try {
          await sleep(10);
        } finally {
          await sleep(1);
          lines.push("cleaned up");
        }
      };
      expect(await failure(waitFor(() => f(), 3))).toBeInstanceOf(TimeoutError);
      expect(lines).toEqual(["cleaned up"]);
      expect(getRunningLoop().time()).toBe(4);
    }));
});

describe("cancelling one of a ring of tasks that wait for each other", () => {
  /** Tasks that each wait for the next, by `wait`, and the last for the first; all of them wait already. */
  async function ring(size: number, wait: (next: Task) => unknown = (next) => next): Promise<Task[]> {
    const tasks: Task[] = Array.from({ length: size }, (_, index) =>
      createTask(async () => {
        await sleep(1);
        await wait(tasks[(index + 1) % size] as Task);
      }),
    );
    await sleep(2);
    return tasks;
  }

  test.each([
    ["two tasks", 2, (next: Task) => next],
    ["three tasks", 3, (next: Task) => next],
    ["tasks in a gather", 2, (next: Task) => gather(next, sleep(100))],
    ["tasks in a time limit", 3, (next: Task) => waitFor(next, 100)],
    ["one task that gathers itself", 1, (next: Task) => gather(next)],
  ])("ends them all: %s", (_, size, wait) =>
    virtually(async () => {
      const tasks = await ring(size, wait);
      expect(tasks[0]?.cancel("enough")).toBe(true);
      for (const task of tasks) expect(String(await failure(task))).toBe("CancelledError: enough");
      expect(tasks.map((task) => [task.cancelled(), task.cancelling()])).toEqual(tasks.map(() => [true, 1]));
    }),
  );

  test("twice at once ends them all the same", () =>
    virtually(async () => {
      const tasks = await ring(3);
      for (const task of tasks) task.cancel();
      for (const task of tasks) await failure(task);
      expect(tasks.every((task) => task.cancelled())).toBe(true);
    }));

  test("lets it refuse, and the others go on when it is done", () =>
    virtually(async () => {
      const follower: Task<string> = createTask(async () => {
        await sleep(1);
        return `followed: ${await stubborn}`;
      });
      const stubborn: Task<string> = createTask(async () => {
        await failure(follower);
        return "stayed";
      });
      await sleep(2);
      stubborn.cancel();
      expect(await follower).toBe("followed: stayed");
    }));

  test("lets it refuse, and what it waited for does not concern it any more", () =>
    virtually(async () => {
      const follower: Task = createTask(async () => {
        await sleep(1);
        await gather(stubborn, sleep(100));
      });
      const stubborn: Task<string> = createTask(async () => {
        await failure(follower);
        await sleep(10);
        return "stayed";
      });
      await sleep(2);
      stubborn.cancel();
      expect(await failure(follower)).toBeInstanceOf(CancelledError);
      expect(await stubborn).toBe("stayed");
    }));

  test("by a time limit is a TimeoutError", () =>
    virtually(async () => {
      const waiting: Task[] = [];
      waiting.push(createTask(() => timeout(5, async () => void (await waiting[1]))));
      waiting.push(createTask(async () => void (await waiting[0])));
      expect(await failure(waiting[0] as Task)).toBeInstanceOf(TimeoutError);
    }));

  test("happens at the end of a program that left one", async () => {
    let tasks: Task[] = [];
    await virtually(async () => {
      tasks = await ring(3);
    });
    expect(tasks.map((task) => task.cancelled())).toEqual([true, true, true]);
  });
});

describe("a checkpoint", () => {
  test("in plain modules waits for the clean-up of a thunk whose first await is a checkpoint", () =>
    virtually(async () => {
      const lines: string[] = [];
      const work = async () => {
        try {
          await checkpoint(new Promise(() => {}));
        } finally {
          await sleep(1);
          lines.push("clean");
        }
      };
      const task = createTask(() => work());
      await sleep(0);
      task.cancel();
      await failure(task);
      expect(lines).toEqual(["clean"]);
      expect(await failure(timeout(1, () => work()))).toBeInstanceOf(TimeoutError);
      expect(lines).toEqual(["clean", "clean"]);
    }));

  test("abandons a foreign promise at once", () =>
    virtually(async () => {
      const task = createTask(async () => {
        await checkpoint(new Promise(() => {}));
      });
      await sleep(1);
      task.cancel();
      await failure(task);
      expect(getRunningLoop().time()).toBe(1);
    }));

  test("outside of a task gives back what it was given", () => {
    const promise = Promise.resolve(1);
    expect(checkpoint(promise)).toBe(promise);
    expect(checkpoint(2)).toBe(2);
  });

  test("of a promise that settles gives its value or error", () =>
    virtually(async () => {
      expect(await checkpoint(Promise.resolve(7))).toBe(7);
      expect(await failure(checkpoint(Promise.reject(new Error("no"))))).toEqual(new Error("no"));
    }));

  test("of another thenable gives its value, though it calls back at once", () =>
    virtually(async () => {
      expect(await checkpoint({ then: (resolve: (value: number) => void) => resolve(8) })).toBe(8);
    }));

  test("throws what the host's interrupt check returns", () =>
    run(async () => {
      let turns = 0;
      setInterruptCheck(() => (++turns > 1000 ? new Error("interrupted") : undefined));
      try {
        const spin = async () => {
          for (;;) await checkpoint(null);
        };
        expect(await failure(spin())).toEqual(new Error("interrupted"));
      } finally {
        setInterruptCheck(null);
      }
    }));
});

describe("Task.signal", () => {
  test("cancels an operation of Node, and the task counts as cancelled", () =>
    run(async () => {
      const task = createTask(async () => {
        await pause(10_000, undefined, { signal: currentTask()?.signal });
      });
      await sleep(0.01);
      task.cancel();
      expect(await failure(task)).toBeInstanceOf(CancelledError);
    }));

  test("lets the task clean up with awaits", () =>
    run(async () => {
      let cleaned = false;
      const task = createTask(async () => {
        try {
          await pause(10_000, undefined, { signal: currentTask()?.signal });
        } finally {
          await sleep(0.001);
          cleaned = true;
        }
      });
      await sleep(0.01);
      task.cancel();
      await failure(task);
      expect(cleaned).toBe(true);
    }));

  test("is one for each operation, so that no listeners pile up", () =>
    run(async () => {
      const task = currentTask();
      const signals = new Set<AbortSignal>();
      for (let i = 0; i < 50; i++) {
        const signal = task?.signal;
        if (signal === undefined) throw new Error("no signal");
        signals.add(signal);
        await pause(0, undefined, { signal });
      }
      expect(signals.size).toBe(50);
      for (const signal of signals) expect(getEventListeners(signal, "abort")).toHaveLength(0);
    }));
});
