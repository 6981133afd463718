import { CancelledError, TimeoutError } from "../core/errors.ts";
import type { Handle } from "../core/roles.ts";
import { checkpoint } from "../tasks/checkpoint.ts";
import { Coroutine } from "../tasks/coroutine.ts";
import { createTask, ensureFuture } from "../tasks/create-task.ts";
import type { Future } from "../tasks/future.ts";
import { JointFuture } from "../tasks/joint-future.ts";
import type { AwaitableLike } from "../tasks/task.ts";
import { timeout } from "./timeout.ts";

/** @internal Sets the result of a waiter when another future is done. */
export class Release implements Handle {
  readonly #waiter: Future<void>;

  constructor(waiter: Future<void>) {
    this.#waiter = waiter;
  }

  run(): boolean {
    if (!this.#waiter.done()) this.#waiter.setResult();
    return false;
  }
}

async function cancelAndWait(future: Future): Promise<void> {
  const waiter = new JointFuture<void>([future]);
  const release = new Release(waiter);
  future.notify(release);
  try {
    future.cancel();
    await waiter;
  } finally {
    future.forget(release);
  }
}

async function waitWithin<T>(source: AwaitableLike<T>, seconds: number | null): Promise<Awaited<T>> {
  if (seconds !== null && seconds <= 0) {
    const future = ensureFuture(source);
    if (future.done()) return future.result();
    await cancelAndWait(future);
    try {
      return future.result();
    } catch (error) {
      if (error instanceof CancelledError) throw new TimeoutError("", { cause: error });
      throw error;
    }
  }
  const inner = typeof source === "function" ? createTask(source) : source;
  const limit = timeout(seconds);
  let value: Awaited<T>;
  try {
    value = await (checkpoint(inner) as PromiseLike<Awaited<T>>);
  } catch (error) {
    if (limit.exit(error instanceof CancelledError)) throw new TimeoutError("", { cause: error });
    throw error;
  }
  limit.exit(false);
  return value;
}

/**
 * Waits for an awaitable, at most `seconds` (null: for ever). When the time has passed it is cancelled, its clean-up is
 * waited for, and TimeoutError is thrown; if it returns all the same, its result counts.
 *
 * @throws TimeoutError; what the awaitable throws
 * @example
 * try {
 *   await waitFor(slowApi(), 3);
 * } catch (error) {
 *   if (error instanceof TimeoutError) console.log("Request timed out after 3 seconds");
 * }
 */
export function waitFor<T>(source: AwaitableLike<T>, seconds: number | null): Promise<Awaited<T>> {
  return new Coroutine<Awaited<T>>("waitFor", waitWithin<T>, [adoptedNow(source), seconds]);
}

/** A promise that is under way may fail before the wait begins: Node is not to report that as unhandled. */
function adoptedNow<T>(source: AwaitableLike<T>): AwaitableLike<T> {
  if (source instanceof Promise) source.catch(() => {});
  return source;
}
