import { describe, expect, test } from "vitest";
import {
  Barrier,
  BoundedSemaphore,
  BrokenBarrierError,
  CancelledError,
  Condition,
  createTask,
  Event,
  gather,
  Lock,
  RuntimeError,
  Semaphore,
  sleep,
} from "../../../runtime/index.ts";
import { failure, virtually } from "../virtually.ts";

describe("Lock", () => {
  test("serves in the order of arrival", () =>
    virtually(async () => {
      const lock = new Lock();
      const lines: string[] = [];
      const worker = (name: string) => () =>
        lock.with(async () => {
          lines.push(`${name} in`);
          await sleep(1);
          lines.push(`${name} out`);
        });
      await gather(worker("a"), worker("b"), worker("c"));
      expect(lines).toEqual(["a in", "a out", "b in", "b out", "c in", "c out"]);
    }));

  test("using releases it at the end of the block", () =>
    virtually(async () => {
      const lock = new Lock();
      {
        using _held = await lock.acquire();
        expect(lock.locked()).toBe(true);
      }
      expect(lock.locked()).toBe(false);
      expect(() => lock.release()).toThrow(RuntimeError);
    }));

  test("a waiter that is cancelled after it was woken passes the lock on", () =>
    virtually(async () => {
      const lock = new Lock();
      await lock.acquire();
      const first = createTask(async () => await lock.acquire());
      const second = createTask(async () => await lock.acquire());
      await sleep(0);
      lock.release();
      first.cancel();
      expect(await failure(first)).toBeInstanceOf(CancelledError);
      await second;
      expect(lock.locked()).toBe(true);
    }));

  test("cancelling one waiter leaves the others", () =>
    virtually(async () => {
      const lock = new Lock();
      await lock.acquire();
      const tasks = [1, 2, 3].map((n) => createTask(async () => lock.acquire().then(() => n)));
      await sleep(0);
      tasks[0]?.cancel();
      await sleep(0);
      lock.release();
      expect(await tasks[1]).toBe(2);
      lock.release();
      expect(await tasks[2]).toBe(3);
    }));
});

describe("Semaphore", () => {
  test("lets as many in as it has permits", () =>
    virtually(async () => {
      const semaphore = new Semaphore(2);
      let inside = 0;
      let most = 0;
      const worker = () =>
        semaphore.with(async () => {
          most = Math.max(most, ++inside);
          await sleep(1);
          inside--;
        });
      await gather(...Array.from({ length: 7 }, () => worker));
      expect(most).toBe(2);
      expect(semaphore.value).toBe(2);
    }));

  test("a permit given to a cancelled waiter is not lost", () =>
    virtually(async () => {
      const semaphore = new Semaphore(1);
      await semaphore.acquire();
      const first = createTask(async () => await semaphore.acquire());
      const second = createTask(async () => await semaphore.acquire());
      await sleep(0);
      semaphore.release();
      first.cancel();
      await failure(first);
      await second;
      expect(semaphore.value).toBe(0);
    }));

  test("a bounded one cannot be released too often", () => {
    expect(() => new BoundedSemaphore(1).release()).toThrow("BoundedSemaphore released too many times");
    expect(() => new Semaphore(-1)).toThrow("Semaphore initial value must be >= 0");
  });
});

test("an Event lets all through until it is cleared", () =>
  virtually(async () => {
    const event = new Event();
    const waiters = [createTask(event.wait()), createTask(event.wait())];
    await sleep(1);
    expect(waiters.map((task) => task.done())).toEqual([false, false]);
    event.set();
    expect(await gather(...waiters)).toEqual([true, true]);
    event.clear();
    expect(event.isSet()).toBe(false);
  }));

describe("Condition", () => {
  test("wakes those who wait, one for each notice", () =>
    virtually(async () => {
      const condition = new Condition();
      const woken: number[] = [];
      const waiter = (n: number) => () =>
        condition.with(async () => {
          await condition.wait();
          woken.push(n);
        });
      const all = gather(waiter(1), waiter(2), waiter(3));
      await sleep(0);
      await condition.with(() => condition.notify());
      await sleep(0);
      await sleep(0);
      expect(woken).toEqual([1]);
      await condition.with(() => condition.notifyAll());
      await all;
      expect(woken).toEqual([1, 2, 3]);
    }));

  test("a cancelled wait takes the lock again before it ends", () =>
    virtually(async () => {
      const condition = new Condition();
      let lockedInFinally: boolean | undefined;
      const task = createTask(async () => {
        await condition.acquire();
        try {
          await condition.wait();
        } finally {
          lockedInFinally = condition.locked();
          condition.release();
        }
      });
      await sleep(1);
      task.cancel();
      await failure(task);
      expect(lockedInFinally).toBe(true);
    }));

  test("notify and wait need the lock", () =>
    virtually(async () => {
      const condition = new Condition();
      expect(() => condition.notify()).toThrow("cannot notify on un-acquired lock");
      expect(String(await failure(condition.wait()))).toContain("cannot wait on un-acquired lock");
    }));
});

describe("Barrier", () => {
  test("lets its parties go together, each with a number", () =>
    virtually(async () => {
      const barrier = new Barrier(3);
      const waiter = () => barrier.wait();
      expect(await gather(waiter, waiter, waiter)).toEqual([0, 1, 2]);
      expect(await gather(waiter, waiter, waiter)).toEqual([0, 1, 2]);
    }));

  test("abort breaks it for those who wait", () =>
    virtually(async () => {
      const barrier = new Barrier(3);
      const waiting = createTask(barrier.wait());
      await sleep(1);
      expect(barrier.nWaiting).toBe(1);
      await barrier.abort();
      expect(await failure(waiting)).toBeInstanceOf(BrokenBarrierError);
      expect(barrier.broken).toBe(true);
    }));
});
