import { describe, expect, test } from "vitest";
import {
  createTask,
  gather,
  LifoQueue,
  PriorityQueue,
  Queue,
  QueueEmpty,
  QueueFull,
  QueueShutDown,
  sleep,
} from "../../../runtime/index.ts";
import { failure, virtually } from "../virtually.ts";

describe("Queue", () => {
  test("hands items on in order, and a full one makes put wait", () =>
    virtually(async () => {
      const queue = new Queue<number>(2);
      const taken: number[] = [];
      const produce = async () => {
        for (let i = 0; i < 6; i++) await queue.put(i);
      };
      const consume = async () => {
        for (let i = 0; i < 6; i++) {
          await sleep(1);
          taken.push(await queue.get());
          expect(queue.qsize()).toBeLessThanOrEqual(2);
        }
      };
      await gather(produce, consume);
      expect(taken).toEqual([0, 1, 2, 3, 4, 5]);
    }));

  test("an item for a waiter that was cancelled after its wake-up goes to the next", () =>
    virtually(async () => {
      const queue = new Queue<string>();
      const first = createTask(async () => await queue.get());
      const second = createTask(async () => await queue.get());
      await sleep(0);
      queue.putNowait("item");
      first.cancel();
      await failure(first);
      expect(await second).toBe("item");
    }));

  test("join waits until all work is done", () =>
    virtually(async () => {
      const queue = new Queue<number>();
      queue.putNowait(1);
      const joined = createTask(queue.join());
      await sleep(1);
      expect(joined.done()).toBe(false);
      queue.taskDone();
      await joined;
      expect(() => queue.taskDone()).toThrow("called too many times");
    }));

  test("shutdown ends iteration once it is empty, and wakes who waits", () =>
    virtually(async () => {
      const queue = new Queue<number>(1);
      const seen: number[] = [];
      const reader = createTask(async () => {
        for await (const item of queue) seen.push(item);
      });
      await queue.put(1);
      await queue.put(2);
      queue.shutdown();
      await reader;
      expect(seen).toEqual([1, 2]);
      expect(await failure(queue.get())).toBeInstanceOf(QueueShutDown);
      expect(await failure(queue.put(3))).toBeInstanceOf(QueueShutDown);
    }));

  test("the impatient forms throw", () => {
    const queue = new Queue<number>(1);
    expect(() => queue.getNowait()).toThrow(QueueEmpty);
    queue.putNowait(1);
    expect(() => queue.putNowait(2)).toThrow(QueueFull);
  });
});

test("a PriorityQueue gives the smallest first, arrays item by item", async () => {
  const queue = new PriorityQueue<[number, string]>();
  for (const item of [
    [3, "c"],
    [1, "b"],
    [2, "x"],
    [1, "a"],
  ] as [number, string][])
    queue.putNowait(item);
  expect([await queue.get(), await queue.get(), await queue.get()]).toEqual([
    [1, "a"],
    [1, "b"],
    [2, "x"],
  ]);
});

test("a LifoQueue gives the latest first", async () => {
  const queue = new LifoQueue<number>();
  for (const item of [1, 2, 3]) queue.putNowait(item);
  expect([await queue.get(), await queue.get()]).toEqual([3, 2]);
});
