import { inspect } from "node:util";
import { TimeoutError } from "../core/errors.ts";
import type { Handle } from "../core/roles.ts";
import { runningLoop } from "../core/running.ts";
import { Queue } from "../sync/queue.ts";
import { Coroutine } from "../tasks/coroutine.ts";
import { futuresOf } from "../tasks/create-task.ts";
import type { Future } from "../tasks/future.ts";
import { isThenable } from "../tasks/promise-wait.ts";
import type { AwaitableLike } from "../tasks/task.ts";
import { type Alarm, alarm } from "../time/alarm.ts";
import type { FutureOf } from "./wait.ts";

class Completions<F extends Future> {
  readonly #done = new Queue<[F] | null>();
  readonly #todo = new Map<F, Handle>();
  #left: number;
  readonly #timer: Alarm | undefined;

  constructor(futures: Set<F>, timeout: number | null) {
    this.#left = futures.size;
    for (const future of futures) {
      const handle: Handle = { run: () => this.#completed(future) };
      this.#todo.set(future, handle);
      future.notify(handle);
    }
    if (futures.size > 0 && timeout !== null) {
      this.#timer = alarm(runningLoop(), timeout, { run: () => this.#timedOut() });
    }
  }

  /** Whether there is one more, which then counts as taken. */
  take(): boolean {
    if (this.#left === 0) return false;
    this.#left--;
    return true;
  }

  async next(): Promise<[F]> {
    const completed = await this.#done.get();
    if (completed === null) throw new TimeoutError();
    return completed;
  }

  #completed(future: F): boolean {
    if (this.#todo.delete(future)) {
      this.#done.putNowait([future]);
      if (this.#todo.size === 0) this.#timer?.cancel();
    }
    return false;
  }

  #timedOut(): boolean {
    for (const [future, handle] of this.#todo) {
      future.forget(handle);
      this.#done.putNowait(null);
    }
    this.#todo.clear();
    return false;
  }
}

/** What `asCompleted` returns: `for await` gives the futures themselves, `for … of` coroutines of their results. */
export type AsCompleted<F extends Future> = AsyncIterable<F> & Iterable<Promise<Awaited<F>>>;

/**
 * Runs awaitables concurrently and gives them in the order in which they are done. With `for await` these are the
 * futures (a task that was passed is that task), to be awaited for their results.
 *
 * @throws TimeoutError in the loop, when `timeout` seconds have passed before all are done
 * @example
 * for await (const earliest of asCompleted([fetchUser(), fetchPosts()])) console.log(await earliest);
 */
export function asCompleted<A extends AwaitableLike>(
  aws: Iterable<A>,
  { timeout = null }: { timeout?: number | null } = {},
): AsCompleted<FutureOf<A>> {
  if (isThenable(aws)) throw new TypeError(`expects an iterable of awaitables, not ${inspect(aws)}`);
  type F = FutureOf<A>;
  const futures = futuresOf<F>(aws);
  const all = new Completions<F>(futures, timeout);
  const step = async (): Promise<IteratorResult<F, undefined>> => {
    const [value] = await all.next();
    return { done: false, value };
  };
  const result = async (): Promise<Awaited<F>> => (await all.next())[0].result() as Awaited<F>;
  return {
    [Symbol.asyncIterator]: () => ({
      next: () =>
        all.take()
          ? new Coroutine<IteratorResult<F, undefined>>("asCompleted", step)
          : Promise.resolve({ done: true, value: undefined }),
    }),
    *[Symbol.iterator]() {
      while (all.take()) yield new Coroutine<Awaited<F>>("asCompleted", result);
    },
  };
}
