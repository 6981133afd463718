import { expect } from "vitest";
import {
  asCompleted,
  coroutine,
  createTask,
  ensureFuture,
  Future,
  getRunningLoop,
  sleep,
  TimeoutError,
  wait,
} from "../../../runtime/index.ts";
import { failure, port, portOutside } from "./port.ts";

// CPython tests each behaviour with `for` and with `async for`; so do these.

type Awaitables = Iterable<PromiseLike<unknown>>;

async function inFor(aws: Awaitables, options = {}): Promise<unknown[]> {
  const values: unknown[] = [];
  for (const next of asCompleted(aws, options)) values.push(await next);
  return values;
}

async function inForAwait(aws: Awaitables, options = {}): Promise<unknown[]> {
  const values: unknown[] = [];
  for await (const next of asCompleted(aws, options)) values.push(await next);
  return values;
}

const time = () => getRunningLoop().time();
const same = coroutine(async <T>(value: T) => value);

for (const [how, collect] of [
  ["for", inFor],
  ["for await", inForAwait],
] as const) {
  port("BaseTaskTests.test_as_completed", `${how}: gives results as they come`, async () => {
    expect(await collect([sleep(0.01, "b"), sleep(0.15, "c"), sleep(0.01, "a")])).toEqual(["b", "a", "c"]);
    expect(time()).toBe(0.15);
  });

  port("BaseTaskTests.test_as_completed_with_timeout", `${how}: after its time, a TimeoutError`, async () => {
    const [a, b] = [createTask(sleep(0.1, "a")), createTask(sleep(0.15, "b"))];
    expect(await failure(collect([a, b], { timeout: 0.12 }))).toBeInstanceOf(TimeoutError);
    expect([time(), a.done(), b.done()]).toEqual([0.12, true, false]);
  });

  port(
    "BaseTaskTests.test_as_completed_with_unused_timeout",
    `${how}: a time that is not used up is none`,
    async () => {
      expect(await collect([sleep(0.01, "a")], { timeout: 1 })).toEqual(["a"]);
      await sleep(2);
      expect(time()).toBe(2.01);
    },
  );

  port("BaseTaskTests.test_as_completed_duplicate_coroutines", `${how}: one given twice comes once`, async () => {
    const ham = same("ham");
    expect((await collect([ham, ham, same("spam")])).sort()).toEqual(["ham", "spam"]);
  });
}

port("BaseTaskTests.test_as_completed_same_tasks_in_as_out", "for await gives tasks as they are", async () => {
  const coroutines = [same("a"), same("c")];
  const tasks = [createTask(same("b")), createTask(same("d"))];
  const out = new Set<unknown>();
  for await (const next of asCompleted<PromiseLike<string>>([...coroutines, ...tasks])) out.add(next);
  expect(out.size).toBe(4);
  expect(tasks.map((task) => out.has(task))).toEqual([true, true]);
  expect(coroutines.map((call) => out.has(call))).toEqual([false, false]);
});

port("BaseTaskTests.test_as_completed_resume_iterator", "for: an iteration can be taken up again", async () => {
  const iterator = asCompleted([same(0), same(1), same(2), same(3)]);
  const collected: unknown[] = [];
  for (const next of iterator) {
    collected.push(await next);
    if (collected.length === 2) break;
  }
  expect(collected).toHaveLength(2);
  for (const next of iterator) collected.push(await next);
  expect(collected.sort()).toEqual([0, 1, 2, 3]);
});

port("BaseTaskTests.test_as_completed_resume_iterator", "for await: so it can", async () => {
  const iterator = asCompleted([same(0), same(1), same(2), same(3)]);
  const collected: unknown[] = [];
  for await (const next of iterator) {
    collected.push(await next);
    if (collected.length === 2) break;
  }
  expect(collected).toHaveLength(2);
  for await (const next of iterator) collected.push(await next);
  expect(collected.sort()).toEqual([0, 1, 2, 3]);
});

port("BaseTaskTests.test_as_completed_reverse_wait", "whichever is awaited first gets the first result", async () => {
  const [first, second] = [...asCompleted([sleep(0.05, "a"), sleep(0.1, "b")])];
  expect(await second).toBe("a");
  expect(time()).toBe(0.05);
  expect(await first).toBe("b");
  expect(time()).toBe(0.1);
});

port("BaseTaskTests.test_as_completed_concurrent", "several can be awaited at once", async () => {
  const [done] = await wait([...asCompleted([sleep(0.05, "a"), sleep(0.05, "b")])].map((next) => ensureFuture(next)));
  expect(new Set([...done].map((future) => future.result()))).toEqual(new Set(["a", "b"]));
});

portOutside("BaseTaskTests.test_as_completed_coroutine_without_loop", "needs a loop", () => {
  const call = same(42);
  expect(() => asCompleted([call])).toThrow("no running event loop");
  call.close();
});

port("BaseTaskTests.test_as_completed_coroutine_use_running_loop", "takes the running one", async () => {
  const all = [...asCompleted([same(42)])];
  expect(all).toHaveLength(1);
  expect(await all[0]).toBe(42);
});

port("BaseTaskTests.test_as_completed_invalid_args", "refuses a future in place of a list", () => {
  const call = same(1);
  expect(() => asCompleted(new Future() as never)).toThrow(TypeError);
  expect(() => asCompleted(call as never)).toThrow(TypeError);
  call.close();
});
