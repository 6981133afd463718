import { inspect } from "node:util";
import { expect } from "vitest";
import {
  Barrier,
  BoundedSemaphore,
  BrokenBarrierError,
  CancelledError,
  Condition,
  createTask,
  Event,
  Future,
  gather,
  getRunningLoop,
  Lock,
  RuntimeError,
  Semaphore,
  sleep,
  type Task,
  TimeoutError,
  taskGroup,
  timeout,
  ValueError,
  wait,
  waitFor,
} from "../../../runtime/index.ts";
import { failure, port, portOutside, turns } from "./port.ts";

// ---- Lock

port("LockTests.test_repr", "shows whether it is locked", async () => {
  const lock = new Lock();
  expect(inspect(lock)).toBe("<Lock [unlocked]>");
  await lock.acquire();
  expect(inspect(lock)).toBe("<Lock [locked]>");
});

port("LockTests.test_lock", "awaiting the lock itself does not take it", async () => {
  const lock = new Lock();
  expect(await lock).toBe(lock);
  expect(lock.locked()).toBe(false);
});

port("LockTests.test_lock_by_with_statement", "what acquire returns is a resource that releases", async () => {
  for (const lock of [new Lock(), new Condition(), new Semaphore(), new BoundedSemaphore()]) {
    {
      using _held = await lock.acquire();
      expect(lock.locked()).toBe(true);
    }
    expect(lock.locked()).toBe(false);
  }
});

port("LockTests.test_acquire", "a release lets exactly one in, in the next turn, in the order of arrival", async () => {
  const lock = new Lock();
  const result: number[] = [];
  const enter = (n: number) => async () => {
    await lock.acquire();
    result.push(n);
    return true;
  };
  await lock.acquire();
  const tasks = [createTask(enter(1)), createTask(enter(2))];
  await turns();
  expect(result).toEqual([]);
  lock.release();
  await turns();
  expect(result).toEqual([1]);
  await turns();
  expect(result).toEqual([1]);
  tasks.push(createTask(enter(3)));
  lock.release();
  await turns();
  expect(result).toEqual([1, 2]);
  lock.release();
  await turns();
  expect(result).toEqual([1, 2, 3]);
  expect(tasks.map((task) => task.done() && task.result())).toEqual([true, true, true]);
});

port("LockTests.test_acquire_cancel", "a cancelled waiter leaves no trace", async () => {
  const lock = new Lock();
  await lock.acquire();
  const task = createTask(lock.acquire());
  getRunningLoop().callSoon(() => task.cancel());
  expect(await failure(task)).toBeInstanceOf(CancelledError);
  expect(inspect(lock)).toBe("<Lock [locked]>");
});

port("LockTests.test_cancel_race", "a release in the turn of a cancel goes past the cancelled waiter", async () => {
  const lock = new Lock();
  const blocker = new Future<void>();
  const hold = (until?: Future<void>) => () => lock.with(async () => await until);
  const a = createTask(hold(blocker));
  await turns();
  const b = createTask(hold());
  const c = createTask(hold());
  await turns();
  expect(inspect(lock)).toContain("waiters:2");
  blocker.setResult();
  b.cancel();
  await turns();
  expect(lock.locked()).toBe(false);
  expect([a.done(), b.cancelled()]).toEqual([true, true]);
  await c;
});

port("LockTests.test_cancel_release_race", "cancelling the first and releasing lets one in, not two", async () => {
  const lock = new Lock();
  let [calls, locked] = [0, 0];
  const lockIt = async () => {
    calls++;
    await lock.acquire();
    locked++;
  };
  await lock.acquire();
  const [t1, t2, t3] = [createTask(lockIt), createTask(lockIt), createTask(lockIt)];
  await turns();
  getRunningLoop().callSoon(() => {
    t1.cancel();
    lock.release();
  });
  expect(await failure(t1)).toBeInstanceOf(CancelledError);
  expect([calls, locked]).toEqual([3, 1]);
  expect([t1.cancelled(), t2.done()]).toEqual([true, true]);
  t3.cancel();
  await turns();
  expect(t3.cancelled()).toBe(true);
});

port("LockTests.test_finished_waiter_cancelled", "the second is woken when the first was cancelled", async () => {
  const lock = new Lock();
  await lock.acquire();
  const first = createTask(lock.acquire());
  await turns();
  expect(inspect(lock)).toContain("waiters:1");
  const second = createTask(lock.acquire());
  first.cancel();
  lock.release();
  await turns();
  expect(lock.locked()).toBe(true);
  expect(first.cancelled()).toBe(true);
  await second;
});

port("LockTests.test_release_not_acquired", "releasing a free lock is a RuntimeError", () => {
  expect(() => new Lock().release()).toThrow(RuntimeError);
});

port("LockTests.test_release_no_waiters", "a release without waiters frees it", async () => {
  const lock = new Lock();
  await lock.acquire();
  lock.release();
  expect(lock.locked()).toBe(false);
});

port("LockTests.test_context_manager", "with holds it for the time of a function", async () => {
  const lock = new Lock();
  await lock.with(() => expect(lock.locked()).toBe(true));
  expect(lock.locked()).toBe(false);
});

// ---- Event

port("EventTests.test_repr", "shows its state and how many wait", async () => {
  const event = new Event();
  expect(inspect(event)).toBe("<Event [unset]>");
  const waiter = createTask(event.wait());
  await turns();
  expect(inspect(event)).toBe("<Event [unset, waiters:1]>");
  event.set();
  await waiter;
  expect(inspect(event)).toBe("<Event [set]>");
});

port("EventTests.test_wait", "who comes after set passes before those who are woken", async () => {
  const event = new Event();
  const result: number[] = [];
  const pass = (n: number) => async () => {
    if (await event.wait()) result.push(n);
  };
  const tasks = [createTask(pass(1)), createTask(pass(2))];
  await turns();
  expect(result).toEqual([]);
  tasks.push(createTask(pass(3)));
  event.set();
  await turns();
  expect(result).toEqual([3, 1, 2]);
  expect(tasks.every((task) => task.done() && task.result() === undefined)).toBe(true);
});

port("EventTests.test_wait_on_set", "waiting for what is set returns true at once", async () => {
  const event = new Event();
  event.set();
  expect(await event.wait()).toBe(true);
});

port("EventTests.test_wait_cancel", "a cancelled waiter leaves no trace", async () => {
  const event = new Event();
  const waiter = createTask(event.wait());
  getRunningLoop().callSoon(() => waiter.cancel());
  expect(await failure(waiter)).toBeInstanceOf(CancelledError);
  expect(inspect(event)).toBe("<Event [unset]>");
});

port("EventTests.test_clear", "clear lowers the flag", () => {
  const event = new Event();
  expect(event.isSet()).toBe(false);
  event.set();
  expect(event.isSet()).toBe(true);
  event.clear();
  expect(event.isSet()).toBe(false);
});

port("EventTests.test_clear_with_waiters", "who was woken passes though the flag went down again", async () => {
  const event = new Event();
  const task = createTask(async () => await event.wait());
  await turns();
  event.set();
  event.clear();
  expect(event.isSet()).toBe(false);
  event.set();
  event.set();
  expect(inspect(event)).toContain("waiters:1");
  await turns();
  expect(inspect(event)).not.toContain("waiters");
  expect(task.result()).toBe(true);
});

// ---- Condition

port("ConditionTests.test_wait", "who was notified goes on one by one, as the lock becomes free", async () => {
  const condition = new Condition();
  const result: number[] = [];
  const pass = (n: number) => async () => {
    await condition.acquire();
    if (await condition.wait()) result.push(n);
    return true;
  };
  const tasks = [1, 2, 3].map((n) => createTask(pass(n)));
  await turns();
  expect(condition.locked()).toBe(false);
  await condition.acquire();
  condition.notify();
  await turns();
  expect([result, condition.locked()]).toEqual([[], true]);
  condition.release();
  await turns();
  expect([result, condition.locked()]).toEqual([[1], true]);
  condition.notify(2);
  await turns();
  expect([result, condition.locked()]).toEqual([[1], true]);
  condition.release();
  await turns();
  expect([result, condition.locked()]).toEqual([[1, 2], true]);
  condition.release();
  await turns();
  expect([result, condition.locked()]).toEqual([[1, 2, 3], true]);
  expect(tasks.every((task) => task.done() && task.result())).toBe(true);
});

port("ConditionTests.test_wait_cancel", "a cancelled wait has the lock again and leaves no waiter", async () => {
  const condition = new Condition();
  await condition.acquire();
  const waiter = createTask(condition.wait());
  getRunningLoop().callSoon(() => waiter.cancel());
  expect(await failure(waiter)).toBeInstanceOf(CancelledError);
  expect(inspect(condition)).toBe("<Condition [locked]>");
});

port(
  "ConditionTests.test_wait_cancel_contested",
  "a cancel after the notice finds the lock held at the end",
  async () => {
    const condition = new Condition();
    await condition.acquire();
    const waiter = createTask(condition.wait());
    await turns();
    expect(condition.locked()).toBe(false);
    await condition.acquire();
    condition.notify();
    getRunningLoop().callSoon(() => waiter.cancel());
    getRunningLoop().callSoon(() => condition.release());
    await Promise.allSettled([waiter]);
    expect(condition.locked()).toBe(true);
  },
);

port("ConditionTests.test_wait_cancel_after_notify", "a cancel while it takes the lock again is not lost", async () => {
  const condition = new Condition();
  let waited = false;
  const waiter = createTask(() =>
    condition.with(async () => {
      waited = true;
      await condition.wait();
    }),
  );
  await turns();
  await condition.acquire();
  condition.notify();
  await turns();
  waiter.cancel();
  await turns();
  condition.release();
  await turns();
  expect([waiter.cancelled(), waited]).toEqual([true, true]);
});

port("ConditionTests.test_wait_unacquired", "wait needs the lock", async () => {
  expect(await failure(new Condition().wait())).toBeInstanceOf(RuntimeError);
});

port("ConditionTests.test_wait_for", "waitFor looks again at each notice", async () => {
  const condition = new Condition();
  let ready = false;
  const task = createTask(() => condition.with(async () => await condition.waitFor(() => ready)));
  await turns();
  await condition.with(() => condition.notify());
  await turns();
  expect(task.done()).toBe(false);
  ready = true;
  await condition.with(() => condition.notify());
  await turns();
  expect(task.result()).toBe(true);
});

port("ConditionTests.test_wait_for_unacquired", "waitFor of what holds already needs no lock", async () => {
  const condition = new Condition();
  expect(await condition.waitFor(() => [1, 2, 3])).toEqual([1, 2, 3]);
  expect(await failure(condition.waitFor(() => false))).toBeInstanceOf(RuntimeError);
});

const waitersOf = (condition: Condition, n: number, result: number[]): Task<void>[] =>
  Array.from({ length: n }, (_, i) =>
    createTask(() =>
      condition.with(async () => {
        await condition.wait();
        result.push(i + 1);
      }),
    ),
  );

port("ConditionTests.test_notify", "wakes as many as it was told, at most all", async () => {
  const condition = new Condition();
  const result: number[] = [];
  const tasks = waitersOf(condition, 3, result);
  await turns();
  await condition.with(() => condition.notify(1));
  await turns();
  expect(result).toEqual([1]);
  await condition.with(() => {
    condition.notify(1);
    condition.notify(2048);
  });
  await turns();
  expect(result).toEqual([1, 2, 3]);
  expect(tasks.every((task) => task.done())).toBe(true);
});

port("ConditionTests.test_notify_all", "wakes all", async () => {
  const condition = new Condition();
  const result: number[] = [];
  const tasks = waitersOf(condition, 2, result);
  await turns();
  await condition.with(() => condition.notifyAll());
  await turns();
  expect(result).toEqual([1, 2]);
  expect(tasks.every((task) => task.done())).toBe(true);
});

portOutside("ConditionTests.test_notify_unacquired", "notify needs the lock", () => {
  expect(() => new Condition().notify()).toThrow(RuntimeError);
});

portOutside("ConditionTests.test_notify_all_unacquired", "notifyAll needs the lock", () => {
  expect(() => new Condition().notifyAll()).toThrow(RuntimeError);
});

port("ConditionTests.test_repr", "shows its state and how many wait", async () => {
  const condition = new Condition();
  expect(inspect(condition)).toBe("<Condition [unlocked]>");
  const tasks = waitersOf(condition, 2, []);
  await turns();
  await condition.acquire();
  expect(inspect(condition)).toBe("<Condition [locked, waiters:2]>");
  condition.notifyAll();
  condition.release();
  await gather(...tasks);
});

port("ConditionTests.test_context_manager", "with holds its lock for the time of a function", async () => {
  const condition = new Condition();
  await condition.with(() => expect(condition.locked()).toBe(true));
  expect(condition.locked()).toBe(false);
});

port("ConditionTests.test_explicit_lock", "shares a lock that it is given", async () => {
  const lock = new Lock();
  const condition = new Condition(lock);
  const states = () => [lock.locked(), condition.locked()];
  expect(await condition.with(states)).toEqual([true, true]);
  expect(states()).toEqual([false, false]);
  expect(await lock.with(states)).toEqual([true, true]);
  expect(states()).toEqual([false, false]);
});

port("ConditionTests.test_timeout_in_block", "a wait can be limited, and the block goes on", async () => {
  const condition = new Condition();
  await condition.with(async () => {
    expect(await failure(waitFor(condition.wait(), 0.5))).toBeInstanceOf(TimeoutError);
    expect(condition.locked()).toBe(true);
  });
});

port("ConditionTests.test_cancelled_error_wakeup", "the CancelledError of the wait is thrown on as it is", async () => {
  const condition = new Condition();
  let raised: unknown;
  const task = createTask(() =>
    condition.with(async () => {
      raised = await failure(condition.waitFor(() => false));
      throw raised;
    }),
  );
  await turns();
  task.cancel("foo");
  const error = await failure(task);
  expect(error).toBe(raised);
  expect((error as Error).message).toBe("foo");
});

port("ConditionTests.test_cancelled_error_re_aquire", "so is the one that came while it took the lock", async () => {
  const condition = new Condition();
  let [ready, raised]: [boolean, unknown] = [false, undefined];
  const task = createTask(() =>
    condition.with(async () => {
      raised = await failure(condition.waitFor(() => ready));
      throw raised;
    }),
  );
  await turns();
  await condition.acquire();
  ready = true;
  condition.notify();
  await turns();
  task.cancel("foo");
  condition.release();
  const error = await failure(task);
  expect(error).toBe(raised);
  expect((error as Error).message).toBe("foo");
});

async function lostWakeUp(settle: number): Promise<void> {
  const condition = new Condition();
  let state = 0;
  const consumer = () =>
    condition.with(async () => {
      for (;;) {
        await condition.waitFor(() => state !== 0);
        if (state < 0) return;
        state--;
      }
    });
  const [first, second] = [createTask(consumer), createTask(consumer)];
  await turns();
  await condition.with(async () => {
    state++;
    condition.notify(1);
    await turns(settle);
    first.cancel();
    await Promise.allSettled([timeout(0.01, () => condition.waitFor(() => state === 0))]);
    expect(state).toBe(0);
    state = -1;
    condition.notifyAll();
  });
  await second;
  expect(first.cancelled()).toBe(true);
}

port("ConditionTests.test_cancelled_wakeup", "a notice to a cancelled waiter goes to another", () => lostWakeUp(0));

port("ConditionTests.test_cancelled_wakeup_relock", "also when it was taking the lock already", () => lostWakeUp(1));

// ---- Semaphore

portOutside("SemaphoreTests.test_initial_value_zero", "one without permits is locked", () => {
  expect(new Semaphore(0).locked()).toBe(true);
});

port("SemaphoreTests.test_repr", "shows its permits and how many wait", async () => {
  const semaphore = new Semaphore();
  expect(inspect(semaphore)).toBe("<Semaphore [unlocked, value:1]>");
  await semaphore.acquire();
  expect(inspect(semaphore)).toBe("<Semaphore [locked]>");
  const waiters = [createTask(semaphore.acquire()), createTask(semaphore.acquire())];
  await turns();
  expect(inspect(semaphore)).toBe("<Semaphore [locked, waiters:2]>");
  semaphore.release();
  semaphore.release();
  await gather(...waiters);
});

port("SemaphoreTests.test_semaphore", "has one permit, and awaiting it does not take that", async () => {
  const semaphore = new Semaphore();
  expect(await semaphore).toBe(semaphore);
  expect([semaphore.locked(), semaphore.value]).toEqual([false, 1]);
});

portOutside("SemaphoreTests.test_semaphore_value", "cannot begin below zero", () => {
  expect(() => new Semaphore(-1)).toThrow(ValueError);
});

port("SemaphoreTests.test_acquire", "lets as many in as there are permits", async () => {
  const semaphore = new Semaphore(3);
  const result: number[] = [];
  const enter = (n: number) => async () => {
    await semaphore.acquire();
    result.push(n);
  };
  await semaphore.acquire();
  await semaphore.acquire();
  expect(semaphore.locked()).toBe(false);
  const tasks = [1, 2, 3].map((n) => createTask(enter(n)));
  await turns();
  expect(result).toEqual([1]);
  expect(inspect(semaphore)).toBe("<Semaphore [locked, waiters:2]>");
  tasks.push(createTask(enter(4)));
  semaphore.release();
  semaphore.release();
  expect(semaphore.value).toBe(0);
  await turns();
  expect(result).toEqual([1, 2, 3]);
  expect(inspect(semaphore)).toBe("<Semaphore [locked, waiters:1]>");
  semaphore.release();
  await gather(...tasks);
});

port("SemaphoreTests.test_acquire_cancel", "a cancelled waiter leaves no trace", async () => {
  const semaphore = new Semaphore();
  await semaphore.acquire();
  const acquire = createTask(semaphore.acquire());
  getRunningLoop().callSoon(() => acquire.cancel());
  expect(await failure(acquire)).toBeInstanceOf(CancelledError);
  expect(inspect(semaphore)).toBe("<Semaphore [locked]>");
});

port("SemaphoreTests.test_acquire_cancel_before_awoken", "a permit goes past cancelled waiters to one", async () => {
  const semaphore = new Semaphore(0);
  const [t1, t2, t3, t4] = Array.from({ length: 4 }, () => createTask(semaphore.acquire()));
  await turns();
  t1?.cancel();
  t2?.cancel();
  semaphore.release();
  await turns(2);
  expect([t3?.done(), t4?.done()]).toEqual([true, false]);
  t4?.cancel();
  await turns();
});

port("SemaphoreTests.test_acquire_hang", "a cancel before the release does not swallow the permit", async () => {
  const semaphore = new Semaphore(0);
  const [t1, t2] = [createTask(semaphore.acquire()), createTask(semaphore.acquire())];
  await turns();
  t1.cancel();
  semaphore.release();
  await turns(2);
  expect([semaphore.locked(), t2.done()]).toEqual([true, true]);
});

port("SemaphoreTests.test_acquire_no_hang", "a waiter cancelled after its wake-up gives the permit back", async () => {
  const semaphore = new Semaphore(1);
  let second: Task<unknown> | undefined;
  const t1 = createTask(async () => {
    await semaphore.with(() => sleep(0));
    second?.cancel();
  });
  second = createTask(() => semaphore.with(() => expect.unreachable()));
  const [r1, r2] = await gather(t1, second, { returnExceptions: true });
  expect(r1).toBe(undefined);
  expect(r2).toBeInstanceOf(CancelledError);
  await waitFor(semaphore.acquire(), 1);
});

portOutside("SemaphoreTests.test_release_not_acquired", "a bounded one cannot be released too often", () => {
  expect(() => new BoundedSemaphore().release()).toThrow(ValueError);
});

port("SemaphoreTests.test_release_no_waiters", "a release without waiters frees it", async () => {
  const semaphore = new Semaphore();
  await semaphore.acquire();
  expect(semaphore.locked()).toBe(true);
  semaphore.release();
  expect(semaphore.locked()).toBe(false);
});

port("SemaphoreTests.test_acquire_fifo_order", "who releases and asks again goes to the end of the line", async () => {
  const semaphore = new Semaphore(1);
  const result: string[] = [];
  const twice = (tag: string) => async () => {
    for (const round of [1, 2]) {
      await semaphore.acquire();
      result.push(`${tag}_${round}`);
      await sleep(0.01);
      semaphore.release();
    }
  };
  await taskGroup((group) => {
    for (const tag of ["c1", "c2", "c3"]) group.createTask(twice(tag));
  });
  expect(result).toEqual(["c1_1", "c2_1", "c3_1", "c1_2", "c2_2", "c3_2"]);
});

port("SemaphoreTests.test_acquire_fifo_order_2", "a task that releases does not overtake those who wait", async () => {
  const semaphore = new Semaphore(1);
  const result: number[] = [];
  const once = (n: number) => async () => {
    await semaphore.acquire();
    result.push(n);
  };
  const twice = async () => {
    await semaphore.acquire();
    result.push(2);
    semaphore.release();
    await semaphore.acquire();
    result.push(4);
  };
  const tasks = [createTask(once(1)), createTask(twice), createTask(once(3))];
  await turns();
  semaphore.release();
  semaphore.release();
  await gather(...tasks);
  expect(result).toEqual([1, 2, 3, 4]);
});

port("SemaphoreTests.test_acquire_fifo_order_3", "the order is kept when the first has left", async () => {
  const semaphore = new Semaphore(0);
  const result: number[] = [];
  const tasks = [1, 2, 3].map((n) =>
    createTask(async () => {
      await semaphore.acquire();
      result.push(n);
    }),
  );
  await turns();
  tasks[0]?.cancel();
  await turns();
  semaphore.release();
  semaphore.release();
  await gather(...tasks, { returnExceptions: true });
  expect(result).toEqual([2, 3]);
});

port("SemaphoreTests.test_acquire_fifo_order_4", "whoever gets a permit wakes all that can pass as well", async () => {
  const semaphore = new Semaphore(0);
  const result: number[] = [];
  let fourth: Task<unknown> | undefined;
  const t1 = createTask(async () => {
    await semaphore.acquire();
    expect(semaphore.value).toBe(0);
    fourth = createTask(() => result.push(4));
    result.push(1);
  });
  const t2 = createTask(async () => {
    for (let i = 0; i < 3; i++) semaphore.release();
    expect([semaphore.value, semaphore.locked()]).toEqual([2, true]);
    await semaphore.acquire();
    result.push(2);
  });
  const t3 = createTask(async () => {
    await semaphore.acquire();
    expect(semaphore.locked()).toBe(true);
    result.push(3);
  });
  await turns();
  expect(semaphore.value).toBe(2);
  expect(inspect(semaphore)).toContain("waiters:3");
  await turns();
  await gather(t1, t2, t3, fourth as Task<unknown>);
  expect(result).toEqual([1, 2, 3, 4]);
});

// ---- Barrier

const N = 5;
const crowd = <T>(n: number, body: () => Promise<T>): Task<T>[] =>
  Array.from({ length: n }, () => createTask(body) as Task<T>);
const idle = (barrier: Barrier, parties = barrier.parties) =>
  expect(inspect(barrier)).toBe(`<Barrier [filling, waiters:0/${parties}]>`);
const numbers = (n: number) => Array.from({ length: n }, (_, i) => i);

port("BarrierTests.test_barrier", "begins filling, and awaiting it is not waiting at it", async () => {
  const barrier = new Barrier(N);
  expect(await barrier).toBe(barrier);
  idle(barrier);
});

port("BarrierTests.test_repr", "shows filling, draining, resetting and broken", async () => {
  const barrier = new Barrier(N);
  idle(barrier);
  const waiters = crowd(2, () => barrier.wait());
  await turns();
  expect(inspect(barrier)).toBe("<Barrier [filling, waiters:2/5]>");
  waiters.push(...crowd(3, () => barrier.wait()));
  await turns();
  expect(inspect(barrier)).toContain("draining");
  waiters.push(...crowd(2, () => barrier.wait()));
  await turns();
  await barrier.reset();
  expect(inspect(barrier)).toContain("resetting");
  waiters.push(...crowd(2, () => barrier.wait()));
  await turns();
  await barrier.abort();
  expect(inspect(barrier)).toContain("broken");
  expect(barrier.broken).toBe(true);
  await gather(...waiters, { returnExceptions: true });
});

portOutside("BarrierTests.test_barrier_parties", "needs at least one party", () => {
  expect(() => new Barrier(0)).toThrow(ValueError);
  expect(() => new Barrier(-4)).toThrow(ValueError);
  expect(new Barrier(N).parties).toBe(N);
});

port("BarrierTests.test_context_manager", "gives each of its parties a number of its own", async () => {
  const barrier = new Barrier(3);
  const results = await gather(...crowd(3, () => barrier.wait()));
  expect([...results].sort()).toEqual([0, 1, 2]);
  expect([barrier.nWaiting, barrier.broken]).toEqual([0, false]);
});

port("BarrierTests.test_filling_one_task", "one for a single party lets it pass", async () => {
  const barrier = new Barrier(1);
  expect(await barrier.wait()).toBe(0);
  idle(barrier);
});

port("BarrierTests.test_filling_one_task_twice", "and again, within a turn", async () => {
  const barrier = new Barrier(1);
  const first = createTask(barrier.wait());
  await turns();
  expect(barrier.nWaiting).toBe(0);
  const second = createTask(barrier.wait());
  await turns();
  expect([first.result(), second.result()]).toEqual([0, 0]);
  idle(barrier);
});

port("BarrierTests.test_filling_task_by_task", "counts who waits, and lets all go with the last", async () => {
  const barrier = new Barrier(3);
  const tasks: Task<number>[] = [];
  for (const waiting of [1, 2]) {
    tasks.push(...crowd(1, () => barrier.wait()));
    await turns();
    expect(inspect(barrier)).toBe(`<Barrier [filling, waiters:${waiting}/3]>`);
  }
  tasks.push(...crowd(1, () => barrier.wait()));
  await turns();
  await wait(tasks);
  idle(barrier);
});

port(
  "BarrierTests.test_filling_tasks_wait_twice",
  "all pass a second time only when all passed the first",
  async () => {
    const barrier = new Barrier(N);
    const results: boolean[] = [];
    await gather(
      ...crowd(N, async () => {
        await barrier.wait();
        results.push(true);
        await barrier.wait();
        results.push(false);
      }),
    );
    expect(results).toEqual([...Array(N).fill(true), ...Array(N).fill(false)]);
    idle(barrier);
  },
);

port("BarrierTests.test_filling_tasks_check_return_value", "numbers are given anew each time", async () => {
  const barrier = new Barrier(N);
  const results = await gather(
    ...crowd(N, async () => {
      await barrier.wait();
      return await barrier.wait();
    }),
  );
  expect([...results].sort()).toEqual(numbers(N));
  idle(barrier);
});

port("BarrierTests.test_draining_state", "drains until the last has left", async () => {
  const barrier = new Barrier(N);
  const results: boolean[] = [];
  await gather(
    ...crowd(N, async () => {
      await barrier.wait();
      results.push(inspect(barrier).includes("draining"));
    }),
  );
  expect(results).toEqual([...Array(N - 1).fill(true), false]);
  idle(barrier);
});

port("BarrierTests.test_blocking_tasks_while_draining", "who comes back early waits until it is drained", async () => {
  const again = 2;
  const barrier = new Barrier(N);
  const others = new Barrier(N - again);
  let left = again;
  const order: string[] = [];
  await gather(
    ...crowd(N, async () => {
      await barrier.wait();
      if (left > 0) {
        left--;
        await barrier.wait();
      } else {
        order.push("others");
        await others.wait();
        await barrier.wait();
      }
    }),
  );
  expect(order).toHaveLength(N - again);
  idle(barrier);
});

port("BarrierTests.test_filling_tasks_cancel_one", "a cancelled party is not counted", async () => {
  const barrier = new Barrier(3);
  let passed = 0;
  const body = async () => {
    await barrier.wait();
    passed++;
  };
  const [t1, t2] = crowd(2, body);
  await turns();
  expect(barrier.nWaiting).toBe(2);
  t1?.cancel();
  await turns();
  expect(barrier.nWaiting).toBe(1);
  expect(await failure(t1 as Task<void>)).toBeInstanceOf(CancelledError);
  const [t3] = crowd(1, body);
  await turns();
  expect(barrier.nWaiting).toBe(2);
  await gather(t2 as Task<void>, t3 as Task<void>, ...crowd(1, body));
  expect(passed).toBe(3);
  idle(barrier);
});

port("BarrierTests.test_reset_barrier", "resetting an empty one changes nothing", async () => {
  const barrier = new Barrier(1);
  createTask(barrier.reset());
  await turns();
  idle(barrier);
});

port(
  "BarrierTests.test_reset_barrier_while_tasks_waiting",
  "breaks the wait of all, and it is whole again",
  async () => {
    const barrier = new Barrier(N);
    const tasks = crowd(N - 1, async () => await failure(barrier.wait()));
    await turns();
    createTask(barrier.reset());
    for (const error of await gather(...tasks)) expect(error).toBeInstanceOf(BrokenBarrierError);
    idle(barrier);
  },
);

port("BarrierTests.test_reset_barrier_when_tasks_half_draining", "breaks the wait of those not drained", async () => {
  const barrier = new Barrier(N);
  const rest = Math.floor(N / 2);
  let [broken, left] = [0, N];
  await gather(
    ...crowd(N, async () => {
      try {
        await barrier.wait();
        left--;
        if (left === rest) await barrier.reset();
      } catch (error) {
        expect(error).toBeInstanceOf(BrokenBarrierError);
        broken++;
      }
    }),
  );
  expect(broken).toBe(rest);
  idle(barrier);
});

port(
  "BarrierTests.test_reset_barrier_when_tasks_half_draining_half_blocking",
  "leaves those who wait for the next round unharmed",
  async () => {
    const barrier = new Barrier(N);
    const blocking = Math.floor(N / 2);
    let [drained, broken, blocked] = [0, 0, 0];
    await gather(
      ...crowd(N, async () => {
        try {
          await barrier.wait();
        } catch {
          broken++;
          await barrier.wait();
          return;
        }
        if (++drained > blocking) {
          await barrier.reset();
          await barrier.wait();
        } else await barrier.wait().catch(() => blocked++);
      }),
    );
    expect([broken, blocked]).toEqual([blocking, 0]);
    idle(barrier);
  },
);

port(
  "BarrierTests.test_reset_barrier_while_tasks_waiting_and_waiting_again",
  "who was broken can wait again",
  async () => {
    const barrier = new Barrier(N);
    let [broken, passed] = [0, 0];
    const tasks = crowd(N - 1, async () => {
      try {
        await barrier.wait();
      } catch (error) {
        expect(error).toBeInstanceOf(BrokenBarrierError);
        broken++;
      } finally {
        await barrier.wait();
        passed++;
      }
    });
    createTask(barrier.reset());
    await turns();
    createTask(async () => {
      await barrier.wait();
      passed++;
    });
    await gather(...tasks);
    expect([broken, passed]).toEqual([N - 1, N]);
    idle(barrier);
  },
);

port("BarrierTests.test_reset_barrier_while_tasks_draining", "the last to leave can reset harmlessly", async () => {
  const barrier = new Barrier(N);
  let [left, second, broken, third] = [0, 0, 0, 0];
  await gather(
    ...crowd(N, async () => {
      await barrier.wait();
      if (++left === N) {
        await barrier.reset();
        await barrier.wait();
      } else {
        try {
          await barrier.wait();
          second++;
        } catch {
          broken++;
        }
      }
      await barrier.wait();
      third++;
    }),
  );
  expect([second, broken, third]).toEqual([N - 1, 0, N]);
  idle(barrier);
});

port("BarrierTests.test_abort_barrier", "abort breaks it", async () => {
  const barrier = new Barrier(1);
  createTask(barrier.abort());
  await turns();
  expect([barrier.nWaiting, barrier.broken]).toEqual([0, true]);
});

port(
  "BarrierTests.test_abort_barrier_when_tasks_half_draining_half_blocking",
  "breaks the wait of those not drained and of those who wait for the next round",
  async () => {
    const barrier = new Barrier(N);
    const blocking = Math.floor(N / 2);
    let [drained, broken, blocked] = [0, 0, 0];
    await gather(
      ...crowd(N, async () => {
        try {
          await barrier.wait();
        } catch {
          broken++;
          return;
        }
        if (++drained > blocking) await barrier.abort();
        else await barrier.wait().catch(() => blocked++);
      }),
    );
    expect([broken, blocked]).toEqual([blocking, N - blocking - 1]);
    expect([barrier.broken, barrier.nWaiting]).toEqual([true, 0]);
  },
);

/** Waits twice; the one in the middle crashes in between and aborts the barrier. */
async function abortInTheMiddle(barrier: Barrier, tally: { passed: number; broken: number }): Promise<void> {
  try {
    if ((await barrier.wait()) === Math.floor(N / 2)) throw new RuntimeError("in the middle");
    await barrier.wait();
    tally.passed++;
  } catch (error) {
    if (error instanceof BrokenBarrierError) tally.broken++;
    else await barrier.abort();
  }
}

port("BarrierTests.test_abort_barrier_when_exception", "one party's abort reaches all others", async () => {
  const barrier = new Barrier(N);
  const tally = { passed: 0, broken: 0 };
  await gather(...crowd(N, () => abortInTheMiddle(barrier, tally)));
  expect(tally).toEqual({ passed: 0, broken: N - 1 });
  expect([barrier.broken, barrier.nWaiting]).toEqual([true, 0]);
});

port("BarrierTests.test_abort_barrier_when_exception_then_resetting", "a reset makes it whole again", async () => {
  const [first, second] = [new Barrier(N), new Barrier(N)];
  const tally = { passed: 0, broken: 0 };
  let after = 0;
  await gather(
    ...crowd(N, async () => {
      await abortInTheMiddle(first, tally);
      if ((await second.wait()) === Math.floor(N / 2)) await first.reset();
      await second.wait();
      await first.wait();
      after++;
    }),
  );
  expect(tally).toEqual({ passed: 0, broken: N - 1 });
  expect(after).toBe(N);
  idle(first);
});
