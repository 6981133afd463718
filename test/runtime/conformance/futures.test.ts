import { inspect } from "node:util";
import { afterEach, expect } from "vitest";
import { setHandlers, type UncaughtContext } from "../../../runtime/core/reports.ts";
import { collectUnstarted } from "../../../runtime/host.ts";
import {
  CancelledError,
  createTask,
  ensureFuture,
  Future,
  getRunningLoop,
  InvalidStateError,
  RuntimeError,
  run,
} from "../../../runtime/index.ts";
import { failure, port, portOutside, turns } from "./port.ts";

afterEach(() => setHandlers());

port("BaseFutureTests.test_isfuture", "a task and a future are futures, a promise is none", async () => {
  const task = createTask(async () => {});
  expect([new Future(), task, Promise.resolve()].map((value) => value instanceof Future)).toEqual([true, true, false]);
  await task;
});

port("BaseFutureTests.test_initial_state", "begins pending", () => {
  const future = new Future();
  expect([future.cancelled(), future.done(), future.state]).toEqual([false, false, "pending"]);
  future.cancel();
  expect([future.cancelled(), future.state]).toEqual([true, "cancelled"]);
});

portOutside("BaseFutureTests.test_constructor_without_loop", "needs a loop", () => {
  expect(() => new Future()).toThrow("no running event loop");
});

port("BaseFutureTests.test_constructor_use_running_loop", "belongs to the running loop", () => {
  expect(new Future().getLoop()).toBe(getRunningLoop());
  expect(getRunningLoop().createFuture().getLoop()).toBe(getRunningLoop());
});

port("BaseFutureTests.test_future_cancel_message_getter", "hands on the message of its cancel", async () => {
  const future = new Future();
  future.cancel("my message");
  expect(await failure(future)).toMatchObject({ message: "my message" });
});

port("BaseFutureTests.test_cancel", "a cancelled one has neither result nor exception and stays so", () => {
  const future = new Future<void>();
  expect(future.cancel()).toBe(true);
  expect([future.cancelled(), future.done()]).toEqual([true, true]);
  expect(() => future.result()).toThrow(CancelledError);
  expect(() => future.exception()).toThrow(CancelledError);
  expect(() => future.setResult()).toThrow(InvalidStateError);
  expect(() => future.setException(null)).toThrow(InvalidStateError);
  expect(future.cancel()).toBe(false);
});

port("BaseFutureTests.test_result", "a result is there once it is set, once", () => {
  const future = new Future<number>();
  expect(() => future.result()).toThrow(InvalidStateError);
  future.setResult(42);
  expect([future.cancelled(), future.done(), future.result(), future.exception()]).toEqual([false, true, 42, null]);
  expect(() => future.setResult(1)).toThrow(InvalidStateError);
  expect(() => future.setException(null)).toThrow(InvalidStateError);
  expect(future.cancel()).toBe(false);
});

port("BaseFutureTests.test_exception", "so is an exception, which result throws", () => {
  const error = new RuntimeError();
  const future = new Future<number>();
  expect(() => future.exception()).toThrow(InvalidStateError);
  future.setException(error);
  expect([future.cancelled(), future.done()]).toEqual([false, true]);
  expect(() => future.result()).toThrow(error);
  expect(future.exception()).toBe(error);
  expect(() => future.setResult(1)).toThrow(InvalidStateError);
  expect(() => future.setException(error)).toThrow(InvalidStateError);
  expect(future.cancel()).toBe(false);
});

port("BaseFutureTests.test_yield_from_twice", "can be awaited again and again", async () => {
  const future = new Future<number>();
  const task = createTask(async () => [await future, await future]);
  await turns();
  future.setResult(42);
  expect(await task).toEqual([42, 42]);
});

port("BaseFutureTests.test_future_repr", "shows its state, its result or its exception", () => {
  const [pending, cancelled, done, failed] = [new Future(), new Future(), new Future(), new Future()];
  cancelled.cancel();
  done.setResult(4);
  failed.setException(new RuntimeError("no"));
  expect([pending, cancelled, done, failed].map((future) => inspect(future))).toEqual([
    "<Future pending>",
    "<Future cancelled>",
    "<Future finished result=4>",
    "<Future finished exception=RuntimeError('no')>",
  ]);
  failed.exception();
});

port("BaseFutureTests.test_wrap_future_future", "a future made a future is itself", () => {
  const future = new Future();
  expect(ensureFuture(future)).toBe(future);
});

/** What is reported when the futures that a function made are gone. */
async function reportsAfter(use: () => void): Promise<UncaughtContext[]> {
  const reports: UncaughtContext[] = [];
  setHandlers({ onError: (context) => reports.push(context) });
  use();
  await turns();
  await collectUnstarted();
  return reports;
}

port("BaseFutureTests.test_tb_logger_abandoned", "one that never ends is not reported", async () => {
  expect(await reportsAfter(() => new Future())).toEqual([]);
});

port("BaseFutureTests.test_tb_logger_not_called_after_cancel", "nor is an error after a cancel", async () => {
  const reports = await reportsAfter(() => {
    const future = new Future();
    future.setException(new Error());
    future.cancel();
  });
  expect(reports).toEqual([]);
});

port("BaseFutureTests.test_tb_logger_result_unretrieved", "nor a result that nobody read", async () => {
  expect(await reportsAfter(() => new Future<number>().setResult(42))).toEqual([]);
});

port("BaseFutureTests.test_tb_logger_result_retrieved", "nor a result that was read", async () => {
  const reports = await reportsAfter(() => {
    const future = new Future<number>();
    future.setResult(42);
    future.result();
  });
  expect(reports).toEqual([]);
});

port("BaseFutureTests.test_tb_logger_exception_unretrieved", "an exception that nobody read is reported", async () => {
  const reports = await reportsAfter(() => new Future().setException(new RuntimeError("boom")));
  expect(reports.map(({ exception }) => exception)).toEqual([new RuntimeError("boom")]);
});

port("BaseFutureTests.test_tb_logger_exception_retrieved", "one that was read is not", async () => {
  const reports = await reportsAfter(() => {
    const future = new Future();
    future.setException(new RuntimeError("boom"));
    future.exception();
  });
  expect(reports).toEqual([]);
});

port("BaseFutureTests.test_tb_logger_exception_result_retrieved", "nor one that result threw", async () => {
  const reports = await reportsAfter(() => {
    const future = new Future();
    future.setException(new RuntimeError("boom"));
    expect(() => future.result()).toThrow("boom");
  });
  expect(reports).toEqual([]);
});

port("BaseFutureTests.test_future_exception_never_retrieved", "the report says what happened", async () => {
  const [report] = await reportsAfter(() => new Future().setException(new RangeError("memory")));
  expect(report).toMatchObject({
    message: "Future exception was never retrieved",
    exception: new RangeError("memory"),
  });
});

portOutside("BaseFutureTests.test_future_exception_never_retrieved_debug", "in debug mode as well", async () => {
  const main = () => reportsAfter(() => new Future().setException(new RangeError("memory")));
  const [report] = await run(main, { debug: true });
  await run(() => {}, { debug: false });
  expect(report?.message).toBe("Future exception was never retrieved");
});

port("BaseFutureTests.test_future_del_collect", "results of many futures are simply dropped", async () => {
  const reports = await reportsAfter(() => {
    for (let i = 0; i < 100; i++) new Future<object>().setResult({});
  });
  expect(reports).toEqual([]);
});

// ---- Done callbacks

function bag(): { things: unknown[]; add: (thing: unknown) => () => void } {
  const things: unknown[] = [];
  return { things, add: (thing) => () => things.push(thing) };
}

/** Adds 42, 17 and 100, removes some, and gives what was called. */
async function calledWithout(...removed: number[]): Promise<unknown[]> {
  const { things, add } = bag();
  const callbacks = [add(42), add(17), add(100)];
  const future = new Future<string>();
  for (const callback of callbacks) future.addDoneCallback(callback);
  for (const i of removed) future.removeDoneCallback(callbacks[i] as () => void);
  expect(things).toEqual([]);
  future.setResult("foo");
  expect(things).toEqual([]);
  await turns();
  expect(future.result()).toBe("foo");
  return things;
}

port(
  "BaseFutureDoneCallbackTests.test_callbacks_remove_first_callback",
  "the first can be removed, twice",
  async () => {
    expect(await calledWithout(0, 0)).toEqual([17, 100]);
  },
);

port("BaseFutureDoneCallbackTests.test_callbacks_remove_first_and_second_callback", "several can", async () => {
  expect(await calledWithout(0, 1, 0)).toEqual([100]);
});

port("BaseFutureDoneCallbackTests.test_callbacks_remove_third_callback", "the last can", async () => {
  expect(await calledWithout(2, 2)).toEqual([42, 17]);
});

port("BaseFutureDoneCallbackTests.test_callbacks_invoked_on_set_result", "called a turn after the result", async () => {
  expect(await calledWithout()).toEqual([42, 17, 100]);
});

port("BaseFutureDoneCallbackTests.test_callbacks_invoked_on_set_exception", "and after an exception", async () => {
  const { things, add } = bag();
  const future = new Future();
  future.addDoneCallback(add(100));
  future.setException(new RuntimeError());
  expect(things).toEqual([]);
  await turns();
  expect(things).toEqual([100]);
  expect(future.exception()).toBeInstanceOf(RuntimeError);
});

port("BaseFutureDoneCallbackTests.test_remove_done_callback", "all of one function go, and are counted", async () => {
  const { things, add } = bag();
  const [cb1, cb2, cb3] = [add(1), add(2), add(3)];
  const future = new Future<string>();
  future.addDoneCallback(cb1);
  future.addDoneCallback(cb2);
  expect(future.removeDoneCallback(cb2)).toBe(1);
  expect(future.removeDoneCallback(cb3)).toBe(0);
  future.addDoneCallback(cb2);
  for (let i = 0; i < 5; i++) future.addDoneCallback(cb1);
  expect(future.removeDoneCallback(cb1)).toBe(6);
  future.setResult("foo");
  await turns();
  expect(things).toEqual([2]);
});

port(
  "BaseFutureDoneCallbackTests.test_schedule_callbacks_list_mutation_1",
  "a callback that removes another is too late once they are due",
  async () => {
    const { things, add } = bag();
    const late = add("late");
    const future = new Future<number>();
    future.addDoneCallback((own) => things.push(own.removeDoneCallback(late)));
    future.addDoneCallback(late);
    future.setResult(1);
    await turns();
    expect(things).toEqual([0, "late"]);
  },
);
