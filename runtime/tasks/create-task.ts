import { getRunningLoop, storage } from "../core/running.ts";
import type { EventLoop } from "../loop/loop.ts";
import { Future } from "./future.ts";
import type { AwaitableLike, Task, TaskOptions } from "./task.ts";

/**
 * Runs an awaitable beside the current code and returns its Task. It starts in a later turn of the loop (at the
 * caller's next await), never inside `createTask` unless `eager`. An ordinary promise is adopted: an async function of
 * a cell is cancelled inside, a foreign promise is abandoned.
 *
 * @throws RuntimeError `no running event loop`; TypeError `a coroutine was expected, got …`
 * @example
 * const task = createTask(sayHello("World"), { name: "hello" });
 * await task;
 */
export function createTask<T>(source: AwaitableLike<T>, options?: TaskOptions): Task<Awaited<T>> {
  return getRunningLoop().createTask(source, options);
}

/** The task that runs this code, or null in a callback or outside of tasks. */
export function currentTask(): Task | null {
  return storage.getStore()?.current() ?? null;
}

/** The tasks of a loop that are not done. */
export function allTasks(loop: EventLoop = getRunningLoop()): Set<Task> {
  return new Set(loop.tasks());
}

/** Each awaitable as a future; one that comes twice, once (functions are called each time). */
export function futuresOf<F extends Future>(aws: Iterable<AwaitableLike>, loop: EventLoop = getRunningLoop()): Set<F> {
  const seen = new Map<AwaitableLike, Future>();
  const futures = new Set<Future>();
  for (const aw of aws) {
    const future = seen.get(aw) ?? ensureFuture(aw, loop);
    if (typeof aw !== "function") seen.set(aw, future);
    futures.add(future);
  }
  return futures as Set<F>;
}

/** A future as it is, anything else as a new task. */
export function ensureFuture<T>(source: AwaitableLike<T>, loop: EventLoop = getRunningLoop()): Future<Awaited<T>> {
  return source instanceof Future ? source : loop.createTask(source);
}
