import { RuntimeError } from "../core/errors.ts";
import type { Loop } from "../core/roles.ts";
import { runningLoop, storage } from "../core/running.ts";
import { HotScope } from "./async-scope.ts";
import { Future } from "./future.ts";
import { type AwaitableLike, asSource, Task, type TaskOptions } from "./task.ts";

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
  return createTaskIn(runningLoop(), source, options);
}

/** @internal As `createTask`, in a loop that is named. */
export function createTaskIn<T>(loop: Loop, source: AwaitableLike<T>, options?: TaskOptions): Task<Awaited<T>> {
  if (loop.closed) throw new RuntimeError("Event loop is closed");
  return new Task<Awaited<T>>(loop, asSource(source as AwaitableLike<Awaited<T>>), options);
}

/** The task that runs this code, or null in a callback or outside of tasks. */
export function currentTask(): Task | null {
  const task = storage.getStore()?.current();
  return task instanceof Task ? task : null;
}

/** @internal The task that is cancelled on behalf of this code; a floating call of a hot async function becomes one. */
export function taskHere(): Task | null {
  const scope = storage.getStore();
  if (scope === undefined) return null;
  const owner = scope.owner();
  if (owner === null && scope instanceof HotScope && scope.promise !== null) {
    return createTaskIn(scope.loop, scope.promise);
  }
  const task = (owner ?? scope).current();
  return task instanceof Task ? task : null;
}

/** @internal Each awaitable as a future; one that comes twice, once (functions are called each time). */
export function futuresOf<F extends Future>(aws: Iterable<AwaitableLike>, loop: Loop = runningLoop()): Set<F> {
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
export function ensureFuture<T>(source: AwaitableLike<T>, loop: Loop = runningLoop()): Future<Awaited<T>> {
  return source instanceof Future ? source : createTaskIn(loop, source);
}
