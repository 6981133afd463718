import { expect } from "vitest";
import {
  CancelledError,
  coroutine,
  createTask,
  Future,
  getRunningLoop,
  shield,
  sleep,
  type Task,
  TimeoutError,
  wait,
  waitFor,
} from "../../../runtime/index.ts";
import { crash, failure, port, turns, ZeroDivisionError } from "./port.ts";

const time = () => getRunningLoop().time();

/** Takes 0.2 s, whoever cancels it. */
class SlowTask {
  exited = false;

  run = coroutine(async () => {
    const end = time() + 0.2;
    while (time() < end) {
      try {
        await sleep(end - time());
      } catch (error) {
        if (!(error instanceof CancelledError)) throw error;
      }
    }
    this.exited = true;
  });
}

port(
  "AsyncioWaitForTest.test_asyncio_wait_for_cancelled",
  "when cancelled it waits for what it waits for",
  async () => {
    const slow = new SlowTask();
    const waiting = createTask(waitFor(slow.run(), 0.4));
    await turns();
    waiting.cancel();
    await wait([waiting]);
    expect([slow.exited, time()]).toEqual([true, 0.2]);
  },
);

port("AsyncioWaitForTest.test_asyncio_wait_for_timeout", "so it does when the time has passed", async () => {
  const slow = new SlowTask();
  await Promise.allSettled([waitFor(slow.run(), 0.1)]);
  expect([slow.exited, time()]).toEqual([true, 0.2]);
});

port(
  "AsyncioWaitForTest.test_wait_for_timeout_less_then_0_or_0_future_done",
  "0 gives the result of what is done",
  async () => {
    const future = new Future<string>();
    future.setResult("done");
    expect(await waitFor(future, 0)).toBe("done");
  },
);

port(
  "AsyncioWaitForTest.test_wait_for_timeout_less_then_0_or_0_coroutine_do_not_started",
  "0 does not start a coroutine",
  async () => {
    let started = false;
    const body = coroutine(async () => {
      started = true;
    });
    expect(await failure(waitFor(body(), 0))).toBeInstanceOf(TimeoutError);
    expect(started).toBe(false);
  },
);

for (const seconds of [0, -1]) {
  port(
    `AsyncioWaitForTest.test_wait_for_timeout_less_then_0_or_0`,
    `${seconds} cancels a running task, and waits for its end`,
    async () => {
      let running: boolean | undefined;
      const started = new Future<void>();
      const task = createTask(async () => {
        running = true;
        started.setResult();
        try {
          await sleep(10);
        } finally {
          running = false;
        }
      });
      await started;
      expect(await failure(waitFor(task, seconds))).toBeInstanceOf(TimeoutError);
      expect([task.cancelled(), running]).toEqual([true, false]);
    },
  );
}

port("AsyncioWaitForTest.test_wait_for", "what takes too long is cancelled", async () => {
  let running: boolean | undefined;
  const task = createTask(async () => {
    running = true;
    try {
      await sleep(600);
    } finally {
      running = false;
    }
  });
  expect(await failure(waitFor(task, 0.1))).toBeInstanceOf(TimeoutError);
  expect([task.cancelled(), running, time()]).toEqual([true, false, 0.1]);
});

port("AsyncioWaitForTest.test_wait_for_blocking", "null waits for ever", async () => {
  const body = coroutine(async () => "done");
  expect(await waitFor(body(), null)).toBe("done");
});

port("AsyncioWaitForTest.test_wait_for_race_condition", "gives a result that is set in the next turn", async () => {
  const future = new Future<string>();
  const waiting = waitFor(future, 0.2);
  getRunningLoop().callSoon(() => future.setResult("ok"));
  expect(await waiting).toBe("ok");
});

port(
  "AsyncioWaitForTest.test_wait_for_cancellation_race_condition",
  "gives the result of what swallows the cancel",
  async () => {
    const body = coroutine(async () => {
      expect(await failure(sleep(1))).toBeInstanceOf(CancelledError);
      return 1;
    });
    expect(await waitFor(body(), 0.01)).toBe(1);
  },
);

/** Cleans up with an await; says when it is over. */
function cleaningUp(): { task: Task<void>; over: () => boolean } {
  let over = false;
  const task = createTask(async () => {
    try {
      await sleep(10);
    } catch (error) {
      await sleep(0.0001);
      throw error;
    } finally {
      over = true;
    }
  });
  return { task, over: () => over };
}

port("AsyncioWaitForTest.test_wait_for_waits_for_task_cancellation", "clean-up that awaits is waited for", async () => {
  const { task, over } = cleaningUp();
  const error = await failure(waitFor(task, 0.0001));
  expect(error).toBeInstanceOf(TimeoutError);
  expect((error as Error).cause).toBeInstanceOf(CancelledError);
  expect(over()).toBe(true);
});

port(
  "AsyncioWaitForTest.test_wait_for_waits_for_task_cancellation_w_timeout_0",
  "also when the time was 0",
  async () => {
    const { task, over } = cleaningUp();
    await sleep(0.0001);
    const error = await failure(waitFor(task, 0));
    expect(error).toBeInstanceOf(TimeoutError);
    expect((error as Error).cause).toBeInstanceOf(CancelledError);
    expect(over()).toBe(true);
  },
);

port(
  "AsyncioWaitForTest.test_wait_for_reraises_exception_during_cancellation",
  "an error of the clean-up comes instead of the TimeoutError",
  async () => {
    const task = createTask(async () => {
      try {
        await sleep(0.2);
      } finally {
        crash();
      }
    });
    expect(await failure(waitFor(task, 0.0001))).toBeInstanceOf(ZeroDivisionError);
  },
);

async function cancelIt(seconds: number | null): Promise<void> {
  const task = createTask(async () => await new Future<void>());
  const waiting = createTask(waitFor(task, seconds));
  getRunningLoop().callSoon(() => waiting.cancel());
  expect(await failure(waiting)).toBeInstanceOf(CancelledError);
  expect(task.cancelled()).toBe(true);
}

port("AsyncioWaitForTest.test_cancel_blocking_wait_for", "cancelling it cancels the task", () => cancelIt(null));

port("AsyncioWaitForTest.test_cancel_wait_for", "so it does with a time", () => cancelIt(60));

port("AsyncioWaitForTest.test_wait_for_cancel_suppressed", "a value returned after the cancel counts", async () => {
  const body = coroutine(async () => {
    try {
      await sleep(10);
    } catch {
      return 42;
    }
    return 0;
  });
  expect(await waitFor(body(), 0.1)).toBe(42);
});

port(
  "AsyncioWaitForTest.test_wait_for_issue86296",
  "a cancel in the turn in which the inner task ends is delivered",
  async () => {
    const inner = createTask(async () => "done");
    let reached = false;
    const task = createTask(async () => {
      await waitFor(inner, 100);
      await sleep(1);
      reached = true;
    });
    await turns();
    task.cancel();
    expect(await failure(task)).toBeInstanceOf(CancelledError);
    expect([await inner, reached]).toEqual(["done", false]);
  },
);

port("WaitForShieldTests.test_zero_timeout", "cancels the shield, not the task behind it", async () => {
  const task = createTask(sleep(0.01, "done"));
  const shielded = shield(task);
  expect(await failure(waitFor(shielded, 0))).toBeInstanceOf(TimeoutError);
  expect([task.done(), shielded.cancelled()]).toEqual([false, true]);
  await sleep(0.1);
  expect(task.result()).toBe("done");
});

port("WaitForShieldTests.test_none_timeout", "null waits for the shielded task", async () => {
  const task = createTask(sleep(0.1, "done"));
  await waitFor(shield(task), null);
  expect(task.result()).toBe("done");
});

port("WaitForShieldTests.test_shielded_timeout", "the shielded task outlives the time", async () => {
  const task = createTask(sleep(0.1, "done"));
  expect(await failure(waitFor(shield(task), 0.01))).toBeInstanceOf(TimeoutError);
  expect(task.done()).toBe(false);
  expect(await task).toBe("done");
});
