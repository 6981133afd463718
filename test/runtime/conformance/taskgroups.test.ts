import { inspect } from "node:util";
import { afterEach, expect } from "vitest";
import { setHandlers } from "../../../runtime/core/reports.ts";
import {
  CancelledError,
  coroutine,
  createTask,
  currentTask,
  Event,
  ExceptionGroup,
  getRunningLoop,
  isCoroutine,
  KeyboardInterrupt,
  RuntimeError,
  sleep,
  type Task,
  TaskGroup,
  taskGroup,
  ValueError,
} from "../../../runtime/index.ts";
import { crash, failure, kinds, port, turns, ZeroDivisionError } from "./port.ts";

afterEach(() => setHandlers());

class MyError extends Error {}

const time = () => getRunningLoop().time();
const foo = coroutine(async (delay: number, result: number) => await sleep(delay, result));
const crashAfter = coroutine(async (delay: number, error: Error = new ZeroDivisionError()): Promise<void> => {
  await sleep(delay);
  throw error;
});
/** Crashes while it cleans up. */
const crashInCleanUp = coroutine(async () => {
  try {
    await sleep(10);
  } finally {
    crash();
  }
});

/** Starts a program as a task, lets it run for 0.1 s, cancels it, and gives its error. */
async function cancelled(main: () => Promise<unknown>): Promise<unknown> {
  const task = createTask(main);
  await sleep(0.1);
  expect(task.done()).toBe(false);
  task.cancel();
  return await failure(task);
}

/** Sleeps, and says whether it was cancelled. */
async function watched(delay: number, onCancel: () => void): Promise<void> {
  try {
    await sleep(delay);
  } catch (error) {
    onCancel();
    throw error;
  }
}

port("TestTaskGroup.test_taskgroup_01", "waits for its tasks", async () => {
  const [t1, t2] = await taskGroup(
    (group) => [group.createTask(foo(0.1, 42)), group.createTask(foo(0.2, 11))] as const,
  );
  expect([t1.result(), t2.result(), time()]).toEqual([42, 11, 0.2]);
});

port("TestTaskGroup.test_taskgroup_02", "takes tasks at any time of its block", async () => {
  const [t1, t2] = await taskGroup(async (group) => {
    const first = group.createTask(foo(0.1, 42));
    await sleep(0.15);
    return [first, group.createTask(foo(0.2, 11))] as const;
  });
  expect([t1.result(), t2.result()]).toEqual([42, 11]);
});

port("TestTaskGroup.test_taskgroup_03", "a task that was cancelled is no error", async () => {
  const [t1, t2] = await taskGroup(async (group) => {
    const first = group.createTask(foo(1, 42));
    await sleep(0.15);
    first.cancel();
    return [first, group.createTask(foo(0.2, 11))] as const;
  });
  expect([t1.cancelled(), t2.result()]).toEqual([true, 11]);
});

port("TestTaskGroup.test_taskgroup_04", "a task that fails cancels its siblings", async () => {
  let [cancels, went] = [0, false];
  let t2: Task<void> | undefined;
  const runner = async () => {
    await taskGroup((group) => {
      group.createTask(crashAfter(0.1));
      t2 = group.createTask(() => watched(1, () => cancels++));
    });
    went = true;
  };
  expect(kinds(await failure(createTask(runner)))).toEqual([ZeroDivisionError]);
  expect([cancels, t2?.cancelled(), went]).toEqual([1, true, false]);
});

port("TestTaskGroup.test_cancel_children_on_child_error", "and the block itself; all errors are kept", async () => {
  let [child, block, went] = [0, 0, false];
  const runner = async () => {
    await taskGroup(async (group) => {
      for (let i = 0; i < 3; i++) group.createTask(crashAfter(0.1));
      group.createTask(() => watched(5, () => child++));
      await watched(10, () => block++);
    });
    went = true;
  };
  expect(kinds(await failure(createTask(runner)))).toEqual(Array(3).fill(ZeroDivisionError));
  expect([child, block, went]).toEqual([1, 1, false]);
});

port("TestTaskGroup.test_cancellation", "cancelling the parent at the end of the block cancels all", async () => {
  let cancels = 0;
  const error = await cancelled(() =>
    taskGroup((group) => {
      for (let i = 0; i < 5; i++) group.createTask(() => watched(5, () => cancels++));
    }),
  );
  expect(error).toBeInstanceOf(CancelledError);
  expect(cancels).toBe(5);
});

port("TestTaskGroup.test_taskgroup_07", "so it does within the block", async () => {
  let cancels = 0;
  const error = await cancelled(() =>
    taskGroup(async (group) => {
      for (let i = 0; i < 5; i++) group.createTask(() => watched(5, () => cancels++));
      await watched(10, () => {
        cancels += 10;
      });
    }),
  );
  expect(error).toBeInstanceOf(CancelledError);
  expect(cancels).toBe(15);
});

port("TestTaskGroup.test_taskgroup_08", "errors of the clean-up win over the cancel", async () => {
  const error = await cancelled(() =>
    taskGroup(async (group) => {
      for (let i = 0; i < 5; i++) group.createTask(crashInCleanUp());
      await sleep(10);
    }),
  );
  expect(kinds(error)).toEqual(Array(5).fill(ZeroDivisionError));
});

async function blockThatCrashes(before: number): Promise<void> {
  let tasks: Task<number>[] = [];
  const error = await failure(
    taskGroup(async (group) => {
      tasks = [group.createTask(foo(1, 42)), group.createTask(foo(2, 11))];
      if (before > 0) await sleep(before);
      crash();
    }),
  );
  expect(kinds(error)).toEqual([ZeroDivisionError]);
  expect(tasks.map((task) => task.cancelled())).toEqual([true, true]);
}

port("TestTaskGroup.test_taskgroup_09", "an error of the block cancels the tasks", () => blockThatCrashes(0.1));

port("TestTaskGroup.test_taskgroup_10", "even before they began", () => blockThatCrashes(0));

port("TestTaskGroup.test_taskgroup_11", "groups nest, and so do their errors", async () => {
  const error = await cancelled(() =>
    taskGroup(() =>
      taskGroup(async (inner) => {
        for (let i = 0; i < 5; i++) inner.createTask(crashInCleanUp());
        await sleep(10);
      }),
    ),
  );
  expect(kinds(error)).toEqual([ExceptionGroup]);
  expect(kinds((error as ExceptionGroup).exceptions[0])).toEqual(Array(5).fill(ZeroDivisionError));
});

port("TestTaskGroup.test_taskgroup_12", "also beside a task of the outer group", async () => {
  const error = await cancelled(() =>
    taskGroup((outer) => {
      outer.createTask(sleep(10));
      return taskGroup(async (inner) => {
        for (let i = 0; i < 5; i++) inner.createTask(crashInCleanUp());
        await sleep(10);
      });
    }),
  );
  expect(kinds(error)).toEqual([ExceptionGroup]);
  expect(kinds((error as ExceptionGroup).exceptions[0])).toEqual(Array(5).fill(ZeroDivisionError));
});

/** An inner group in the block of an outer one, each with a task that crashes. */
const nested = (outerDelay: number, innerDelay: number) => () =>
  taskGroup(async (outer) => {
    outer.createTask(crashAfter(outerDelay, new ValueError("outer")));
    await taskGroup((inner) => {
      inner.createTask(crashAfter(innerDelay, new ValueError("inner")));
    });
  });

port("TestTaskGroup.test_taskgroup_13", "a crash outside cancels the inner group", async () => {
  const error = await failure(createTask(nested(0.1, 10)));
  expect((error as ExceptionGroup).exceptions).toEqual([new ValueError("outer")]);
});

port("TestTaskGroup.test_taskgroup_14", "a crash inside is a group within the outer group", async () => {
  const error = await failure(createTask(nested(10, 0.1)));
  expect(kinds(error)).toEqual([ExceptionGroup]);
  expect(kinds((error as ExceptionGroup).exceptions[0])).toEqual([ValueError]);
});

/** A task that crashes at 0.3 s, in a block whose clean-up takes half a second. */
const slowBlock = () =>
  taskGroup(async (group) => {
    group.createTask(crashAfter(0.3));
    try {
      await sleep(10);
    } catch (error) {
      await sleep(0.5);
      throw error;
    }
  });

port("TestTaskGroup.test_taskgroup_15", "a crash during the block's clean-up wins over the cancel", async () => {
  expect(kinds(await cancelled(slowBlock))).toEqual([ZeroDivisionError]);
});

port("TestTaskGroup.test_taskgroup_16", "also in a task that the cancelled one awaits", async () => {
  expect(kinds(await cancelled(async () => await createTask(slowBlock)))).toEqual([ZeroDivisionError]);
});

port("TestTaskGroup.test_taskgroup_17", "a cancelled block without tasks is a CancelledError", async () => {
  let cancels = 0;
  const error = await cancelled(() => taskGroup(() => watched(10, () => cancels++)));
  expect(error).toBeInstanceOf(CancelledError);
  expect(cancels).toBe(1);
});

port("TestTaskGroup.test_taskgroup_18", "an error thrown in place of the cancel is the group's", async () => {
  const error = await cancelled(() =>
    taskGroup(async () => {
      await failure(sleep(10));
      throw new MyError();
    }),
  );
  expect(kinds(error)).toEqual([MyError]);
});

/** A block that throws an error of its own when a task has crashed. */
const bothCrash = (child: Error, block: Error) =>
  taskGroup(async (group) => {
    group.createTask(crashAfter(0.1, child));
    try {
      await sleep(10);
    } finally {
      // biome-ignore lint/correctness/noUnsafeFinally: that it replaces the CancelledError is what is tested
      throw block;
    }
  });

port("TestTaskGroup.test_taskgroup_19", "errors of tasks and of the block come together", async () => {
  const error = await failure(bothCrash(new ZeroDivisionError(), new MyError()));
  expect(new Set(kinds(error))).toEqual(new Set([MyError, ZeroDivisionError]));
});

port("TestTaskGroup.test_taskgroup_20", "a KeyboardInterrupt of the block passes through as it is", async () => {
  expect(await failure(bothCrash(new ZeroDivisionError(), new KeyboardInterrupt()))).toBeInstanceOf(KeyboardInterrupt);
});

port("TestTaskGroup._test_taskgroup_21", "so does one of a task (CPython cannot do this yet)", async () => {
  expect(await failure(bothCrash(new KeyboardInterrupt(), new TypeError()))).toBeInstanceOf(KeyboardInterrupt);
});

port("TestTaskGroup.test_taskgroup_22", "a cancel right after the start cancels all", async () => {
  const tasks: Task<number>[] = [];
  const error = await cancelled(() =>
    taskGroup((group) => {
      tasks.push(group.createTask(foo(1, 42)), group.createTask(foo(2, 11)));
    }),
  );
  expect(error).toBeInstanceOf(CancelledError);
  expect(tasks.map((task) => task.cancelled())).toEqual([true, true]);
});

port("TestTaskGroup.test_taskgroup_23", "forgets the tasks that are done", async () => {
  await taskGroup(async (group) => {
    const running = () => Number(/tasks=(\d+)/.exec(inspect(group))?.[1] ?? 0);
    for (let count = 0; count < 10; count++) {
      await sleep(0.1);
      group.createTask(sleep(0.3));
      if (count === 5) expect(running()).toBeLessThan(5);
    }
    await sleep(1.35);
    expect(running()).toBe(0);
  });
});

port("TestTaskGroup.test_taskgroup_24", "a task of it can start others, and these are waited for", async () => {
  const children: Task<void>[] = [];
  await taskGroup((group) => {
    group.createTask(async () => {
      await sleep(0.1);
      children.push(group.createTask(sleep(0.1)), group.createTask(sleep(0.2)));
    });
  });
  expect(children.map((task) => task.done())).toEqual([true, true]);
  expect(time()).toBeCloseTo(0.3);
});

port("TestTaskGroup.test_taskgroup_25", "a crash ends a group whose tasks multiply", async () => {
  let heads = 0;
  const error = await failure(
    taskGroup((group) => {
      const hydra = async (): Promise<void> => {
        heads++;
        await sleep(0.01);
        group.createTask(hydra);
        group.createTask(hydra);
      };
      group.createTask(hydra);
      group.createTask(async () => {
        while (heads < 10) await sleep(0.015);
        crash();
      });
    }),
  );
  expect(kinds(error)).toEqual([ZeroDivisionError]);
  expect(heads).toBeGreaterThanOrEqual(10);
});

port("TestTaskGroup.test_taskgroup_task_name", "names its tasks as createTask does", async () => {
  await taskGroup((group) => expect(group.createTask(sleep(0), { name: "yolo" }).name).toBe("yolo"));
});

port(
  "TestTaskGroup.test_taskgroup_no_create_task_after_failure",
  "takes no tasks once it is shutting down",
  async () => {
    const refused: unknown[] = [];
    const error = await failure(
      taskGroup((group) => {
        group.createTask(crashAfter(0.001));
        group.createTask(async () => {
          await failure(sleep(1));
          refused.push(await failure(Promise.try(() => group.createTask(crashAfter(0.001)))));
        });
      }),
    );
    expect(kinds(error)).toEqual([ZeroDivisionError]);
    expect(refused).toEqual([expect.any(RuntimeError)]);
    expect(String(refused[0])).toContain("is shutting down");
  },
);

port(
  "TestTaskGroup.test_taskgroup_context_manager_exit_raises",
  "clean-up in the block may crash as well",
  async () => {
    const task = createTask(async () => {
      const error = await failure(
        taskGroup(async (group) => {
          group.createTask(() => {
            throw new MyError("task");
          });
          try {
            await sleep(1);
          } finally {
            // biome-ignore lint/correctness/noUnsafeFinally: that it replaces the CancelledError is what is tested
            throw new MyError("clean-up");
          }
        }),
      );
      return [kinds(error).length, currentTask()?.cancelling()];
    });
    expect(await task).toEqual([2, 0]);
  },
);

port("TestTaskGroup.test_taskgroup_already_entered", "cannot be entered within its block", async () => {
  await taskGroup((group) => expect(() => group.enter()).toThrow(/has already been entered/));
});

port("TestTaskGroup.test_taskgroup_double_enter", "cannot be entered a second time", async () => {
  const group = await taskGroup((own) => own);
  expect(() => group.enter()).toThrow(/has already been entered/);
});

port(
  "TestTaskGroup.test_taskgroup_finished",
  "takes no tasks after its end, and closes what it was given",
  async () => {
    const group = await taskGroup((own) => own);
    for (const refused of [sleep(0), foo(1, 2)] as Promise<unknown>[]) {
      expect(() => group.createTask(refused)).toThrow(/is finished/);
      expect(isCoroutine(refused) && refused.state).toBe("finished");
    }
  },
);

port("TestTaskGroup.test_taskgroup_not_entered", "takes no tasks before it is entered", () => {
  const refused = sleep(0);
  expect(() => new TaskGroup().createTask(refused)).toThrow(/has not been entered/);
  expect(isCoroutine(refused) && refused.state).toBe("finished");
});

port("TestTaskGroup.test_taskgroup_without_parent_task", "needs a task around it", async () => {
  const group = new TaskGroup();
  let error: unknown;
  getRunningLoop().callSoon(() => {
    try {
      group.enter();
    } catch (thrown) {
      error = thrown;
    }
  });
  await turns();
  expect(String(error)).toContain("parent task");
  expect(() => group.createTask(foo(1, 2))).toThrow(/has not been entered/);
});

port("TestTaskGroup.test_cancelling_level_preserved", "its own cancel of the parent is taken back", async () => {
  const error = await failure(
    taskGroup((group) => {
      group.createTask(crashAfter(0, new RuntimeError()));
    }),
  );
  expect(kinds(error)).toEqual([RuntimeError]);
  expect(currentTask()?.cancelling()).toBe(0);
});

port("TestTaskGroup.test_nested_groups_both_cancelled", "each group takes back its own", async () => {
  const levels: (number | undefined)[] = [];
  const error = await failure(
    taskGroup(async (outer) => {
      const inside = await failure(
        taskGroup((inner) => {
          inner.createTask(crashAfter(0, new RuntimeError()));
          outer.createTask(crashAfter(0, new ValueError()));
        }),
      );
      expect(kinds(inside)).toEqual([RuntimeError]);
      levels.push(currentTask()?.cancelling());
    }),
  );
  expect(kinds(error)).toEqual([ValueError]);
  levels.push(currentTask()?.cancelling());
  expect(levels).toEqual([1, 0]);
});

port("TestTaskGroup.test_error_and_cancel", "a cancel beside an error is delivered after the block", async () => {
  const event = new Event();
  const levels: (number | undefined)[] = [];
  const inner = createTask(async () => {
    const error = await failure(
      taskGroup(async (group) => {
        group.createTask(async () => {
          event.set();
          await sleep(0);
          throw new RuntimeError();
        });
        await sleep(1);
      }),
    );
    expect(kinds(error)).toEqual([RuntimeError]);
    levels.push(currentTask()?.cancelling());
    await sleep(1);
    expect.unreachable();
  });
  await event.wait();
  expect(inner.cancelling()).toBe(0);
  inner.cancel();
  expect(await failure(inner)).toBeInstanceOf(CancelledError);
  expect([levels, inner.cancelled()]).toEqual([[1], true]);
});
