import { inspect } from "node:util";
import { expect } from "vitest";
import {
  blockingSleep,
  CancelledError,
  createTask,
  currentTask,
  ExceptionGroup,
  Future,
  getRunningLoop,
  RuntimeError,
  sleep,
  Timeout,
  TimeoutError,
  taskGroup,
  timeout,
  timeoutAt,
  ValueError,
} from "../../../runtime/index.ts";
import { crash, failure, kinds, port, turns, ZeroDivisionError } from "./port.ts";

const time = () => getRunningLoop().time();

/** Runs a block with a limit and returns the limit and what the block threw. */
async function limited(delay: number | null, body: (limit: Timeout) => unknown): Promise<[Timeout, unknown]> {
  let limit: Timeout | undefined;
  let error: unknown;
  try {
    await timeout(delay, async (own) => {
      limit = own;
      await body(own);
    });
  } catch (thrown) {
    error = thrown;
  }
  return [limit as Timeout, error];
}

port("TimeoutTests.test_timeout_basic", "a block that takes too long is a TimeoutError", async () => {
  const [limit, error] = await limited(0.01, () => sleep(10));
  expect(error).toBeInstanceOf(TimeoutError);
  expect([limit.expired(), time()]).toEqual([true, 0.01]);
});

port("TimeoutTests.test_timeout_at_basic", "the limit can be a time of the loop's clock", async () => {
  const deadline = time() + 0.01;
  let limit: Timeout | undefined;
  const block = timeoutAt(deadline, async (own) => {
    limit = own;
    await sleep(10);
  });
  expect(await failure(block)).toBeInstanceOf(TimeoutError);
  expect([limit?.expired(), limit?.when()]).toEqual([true, deadline]);
});

port("TimeoutTests.test_nested_timeouts", "of two that pass together only the outer one throws", async () => {
  const deadline = time() + 0.01;
  let inner: Timeout | undefined;
  let seen: unknown;
  const [outer, error] = await limited(0.01, async () => {
    seen = await failure(
      timeoutAt(deadline, async (own) => {
        inner = own;
        await sleep(10);
      }),
    );
    throw seen;
  });
  expect(seen).toBeInstanceOf(CancelledError);
  expect(error).toBeInstanceOf(TimeoutError);
  expect([outer.expired(), inner?.expired()]).toEqual([true, true]);
});

port("TimeoutTests.test_waiter_cancelled", "what waits in the block sees a CancelledError", async () => {
  let seen: unknown;
  const [, error] = await limited(0.01, async () => {
    seen = await failure(sleep(10));
    throw seen;
  });
  expect(seen).toBeInstanceOf(CancelledError);
  expect(error).toBeInstanceOf(TimeoutError);
});

port("TimeoutTests.test_timeout_not_called", "a block that is done in time is not touched", async () => {
  const [limit, error] = await limited(10, () => sleep(0.01));
  expect(error).toBe(undefined);
  expect(limit.expired()).toBe(false);
  expect(limit.when()).toBeGreaterThan(time());
});

port("TimeoutTests.test_timeout_disabled", "null is no limit", async () => {
  const [limit, error] = await limited(null, () => sleep(0.01));
  expect([error, limit.expired(), limit.when()]).toEqual([undefined, false, null]);
});

port("TimeoutTests.test_timeout_at_disabled", "so it is for timeoutAt", async () => {
  const when = await timeoutAt(null, async (limit) => {
    await sleep(0.01);
    return [limit.expired(), limit.when()];
  });
  expect(when).toEqual([false, null]);
});

port("TimeoutTests.test_timeout_zero", "0 cancels at the first wait", async () => {
  const [limit, error] = await limited(0, () => sleep(10));
  expect(error).toBeInstanceOf(TimeoutError);
  expect([limit.expired(), limit.when(), time()]).toEqual([true, 0, 0]);
});

port("TimeoutTests.test_timeout_zero_sleep_zero", "even if that is sleep(0)", async () => {
  const [limit, error] = await limited(0, () => sleep(0));
  expect(error).toBeInstanceOf(TimeoutError);
  expect([limit.expired(), limit.when()]).toEqual([true, 0]);
});

port("TimeoutTests.test_timeout_in_the_past_sleep_zero", "so does a limit in the past", async () => {
  const [limit, error] = await limited(-11, () => sleep(0));
  expect(error).toBeInstanceOf(TimeoutError);
  expect([limit.expired(), limit.when()]).toEqual([true, -11]);
});

port("TimeoutTests.test_foreign_exception_passed", "an error of the block passes through", async () => {
  const [limit, error] = await limited(0.01, () => crash());
  expect(error).toBeInstanceOf(ZeroDivisionError);
  expect(limit.expired()).toBe(false);
});

port("TimeoutTests.test_timeout_exception_context", "the TimeoutError has the cancellation as its cause", async () => {
  const [, error] = await limited(0.01, async () => {
    try {
      crash();
    } finally {
      await sleep(1);
    }
  });
  expect(error).toBeInstanceOf(TimeoutError);
  expect((error as Error).cause).toBeInstanceOf(CancelledError);
});

port("TimeoutTests.test_foreign_exception_on_timeout", "an error of the clean-up takes its place", async () => {
  const [limit, error] = await limited(0.01, async () => {
    try {
      await sleep(1);
    } finally {
      crash();
    }
  });
  expect(error).toBeInstanceOf(ZeroDivisionError);
  expect([limit.expired(), currentTask()?.cancelling()]).toEqual([true, 0]);
});

port("TimeoutTests.test_foreign_exception_on_timeout_2", "of several clean-ups, that of the outermost", async () => {
  const [, error] = await limited(0.01, async () => {
    try {
      try {
        throw new ValueError();
      } finally {
        await sleep(1);
      }
    } finally {
      crash();
    }
  });
  expect(error).toBeInstanceOf(ZeroDivisionError);
});

port("TimeoutTests.test_foreign_cancel_doesnt_timeout_if_not_expired", "a cancel stays a cancel", async () => {
  let limit: Timeout | undefined;
  const task = createTask(() =>
    timeout(10, async (own) => {
      limit = own;
      currentTask()?.cancel();
      await sleep(10);
    }),
  );
  expect(await failure(task)).toBeInstanceOf(CancelledError);
  expect(limit?.expired()).toBe(false);
});

port("TimeoutTests.test_outer_task_is_not_cancelled", "the task goes on after a timeout that was caught", async () => {
  const task = createTask(async () => {
    await limited(0.001, () => sleep(10));
    await sleep(1);
    return "went on";
  });
  expect(await task).toBe("went on");
  expect(task.cancelled()).toBe(false);
});

port(
  "TimeoutTests.test_nested_timeouts_concurrent",
  "limits that pass while the loop is blocked all count",
  async () => {
    let inner: unknown;
    const [, outer] = await limited(0.002, async () => {
      [, inner] = await limited(0.1, async () => {
        blockingSleep(0.2);
        await sleep(1);
      });
      throw inner;
    });
    expect(inner).toBeInstanceOf(CancelledError);
    expect(outer).toBeInstanceOf(TimeoutError);
  },
);

port("TimeoutTests.test_nested_timeouts_loop_busy", "the outer one stops what follows the inner one", async () => {
  let inner: unknown;
  const [, outer] = await limited(0.1, async () => {
    [, inner] = await limited(0.01, async () => {
      blockingSleep(0.09);
      await sleep(1);
    });
    await sleep(10);
  });
  expect(inner).toBeInstanceOf(TimeoutError);
  expect(outer).toBeInstanceOf(TimeoutError);
  expect(time()).toBeLessThan(1);
});

port("TimeoutTests.test_reschedule", "moves the limit, or takes it away", async () => {
  const entered = new Future<Timeout>();
  const task = createTask(() =>
    timeoutAt(10, async (own) => {
      entered.setResult(own);
      await sleep(50);
    }),
  );
  const limit = await entered;
  expect(limit.when()).toBe(10);
  limit.reschedule(30);
  expect(limit.when()).toBe(30);
  await sleep(20);
  expect(task.done()).toBe(false);
  limit.reschedule(null);
  expect(limit.when()).toBe(null);
  await sleep(20);
  task.cancel();
  expect(await failure(task)).toBeInstanceOf(CancelledError);
  expect(limit.expired()).toBe(false);
});

port("TimeoutTests.test_repr_active", "shows when it will pass", async () => {
  await timeout(10, (limit) => expect(inspect(limit)).toBe("<Timeout [active] when=10>"));
});

port("TimeoutTests.test_repr_expired", "shows that it has passed", async () => {
  const [limit] = await limited(0.01, () => sleep(10));
  expect(inspect(limit)).toBe("<Timeout [expired]>");
});

port("TimeoutTests.test_repr_finished", "shows that the block ended", async () => {
  const [limit] = await limited(10, () => sleep(0));
  expect(inspect(limit)).toBe("<Timeout [finished]>");
});

port("TimeoutTests.test_repr_disabled", "shows that there is no limit", async () => {
  await timeout(null, (limit) => expect(inspect(limit)).toBe("<Timeout [active] when=null>"));
});

port("TimeoutTests.test_nested_timeout_in_finally", "clean-up can have a limit of its own", async () => {
  let inner: unknown;
  const [, outer] = await limited(0.01, async () => {
    try {
      await sleep(1);
    } finally {
      [, inner] = await limited(0.01, () => sleep(10));
    }
  });
  for (const error of [inner, outer]) {
    expect(error).toBeInstanceOf(TimeoutError);
    expect((error as Error).cause).toBeInstanceOf(CancelledError);
  }
  expect((inner as Error).cause).not.toBe((outer as Error).cause);
  expect(time()).toBe(0.02);
});

port("TimeoutTests.test_timeout_after_cancellation", "works in a task that was cancelled before", async () => {
  const task = createTask(async () => {
    currentTask()?.cancel();
    expect(await failure(sleep(1))).toBeInstanceOf(CancelledError);
    const [, error] = await limited(0, () => sleep(1));
    return error;
  });
  expect(await task).toBeInstanceOf(TimeoutError);
});

port("TimeoutTests.test_cancel_in_timeout_after_cancellation", "and a second cancel in it stays one", async () => {
  const task = createTask(async () => {
    currentTask()?.cancel();
    expect(await failure(sleep(1))).toBeInstanceOf(CancelledError);
    const [limit, error] = await limited(1, async () => {
      currentTask()?.cancel();
      await sleep(2);
    });
    return [limit.expired(), error];
  });
  expect(await task).toEqual([false, expect.any(CancelledError)]);
});

port("TimeoutTests.test_timeout_already_entered", "cannot be entered while it is active", async () => {
  await timeout(0.01, (limit) => expect(() => limit.enter()).toThrow(/has already been entered/));
});

port("TimeoutTests.test_timeout_double_enter", "cannot be entered a second time", async () => {
  const [limit] = await limited(0.01, () => {});
  expect(() => limit.enter()).toThrow(/has already been entered/);
});

port("TimeoutTests.test_timeout_finished", "cannot be rescheduled after the block", async () => {
  const [limit] = await limited(0.01, () => {});
  expect(() => limit.reschedule(0.02)).toThrow(/finished/);
});

port("TimeoutTests.test_timeout_expired", "cannot be rescheduled after it passed", async () => {
  const [limit] = await limited(0.01, () => sleep(1));
  expect(() => limit.reschedule(0.02)).toThrow(/expired/);
});

port("TimeoutTests.test_timeout_expiring", "cannot be rescheduled once it has cancelled the block", async () => {
  const [limit, error] = await limited(0.01, async (own) => {
    expect(await failure(sleep(1))).toBeInstanceOf(CancelledError);
    expect(() => own.reschedule(0.02)).toThrow(/expiring/);
  });
  expect([error, limit.expired()]).toEqual([undefined, true]);
});

port("TimeoutTests.test_timeout_not_entered", "cannot be rescheduled before it is entered", () => {
  expect(() => new Timeout(0.01).reschedule(0.02)).toThrow(/has not been entered/);
});

port("TimeoutTests.test_timeout_without_task", "needs a task", async () => {
  const limit = new Timeout(0.01);
  let error: unknown;
  getRunningLoop().callSoon(() => {
    try {
      limit.enter();
    } catch (thrown) {
      error = thrown;
    }
  });
  await turns();
  expect(error).toBeInstanceOf(RuntimeError);
  expect((error as Error).message).toContain("inside a task");
  expect(() => limit.reschedule(0.02)).toThrow(/has not been entered/);
});

port(
  "TimeoutTests.test_timeout_taskgroup",
  "around a group whose clean-up crashes gives the group's errors",
  async () => {
    const [limit, error] = await limited(0.01, () =>
      taskGroup(async (group) => {
        group.createTask(async () => {
          try {
            await sleep(2);
          } finally {
            crash();
          }
        });
        await sleep(1);
      }),
    );
    expect(error).toBeInstanceOf(ExceptionGroup);
    expect(kinds(error)).toEqual([ZeroDivisionError]);
    expect([limit.expired(), currentTask()?.cancelling()]).toEqual([true, 0]);
  },
);
