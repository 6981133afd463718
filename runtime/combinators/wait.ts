import { inspect } from "node:util";
import { ValueError } from "../core/errors.ts";
import type { Handle } from "../core/roles.ts";
import { runningLoop } from "../core/running.ts";
import { Coroutine } from "../tasks/coroutine.ts";
import { futuresOf } from "../tasks/create-task.ts";
import type { Future } from "../tasks/future.ts";
import { JointFuture } from "../tasks/joint-future.ts";
import { isThenable } from "../tasks/promise-wait.ts";
import type { AwaitableLike } from "../tasks/task.ts";
import { type Alarm, alarm } from "../time/alarm.ts";
import { Release } from "./wait-for.ts";

export const FIRST_COMPLETED = "FIRST_COMPLETED";
export const FIRST_EXCEPTION = "FIRST_EXCEPTION";
export const ALL_COMPLETED = "ALL_COMPLETED";
export type ReturnWhen = typeof FIRST_COMPLETED | typeof FIRST_EXCEPTION | typeof ALL_COMPLETED;

export interface WaitOptions {
  /** Seconds; afterwards it returns what there is, without an error. */
  timeout?: number | null;
  returnWhen?: ReturnWhen;
}

class OneDone implements Handle {
  readonly #future: Future;
  readonly #waiting: Waiting;

  constructor(future: Future, waiting: Waiting) {
    this.#future = future;
    this.#waiting = waiting;
  }

  run(): boolean {
    this.#waiting.oneDone(this.#future);
    return false;
  }
}

class Waiting {
  readonly waiter: JointFuture<void>;
  #left: number;
  readonly #when: ReturnWhen;

  constructor(futures: Set<Future>, when: ReturnWhen) {
    this.waiter = new JointFuture<void>(futures);
    this.#left = futures.size;
    this.#when = when;
  }

  oneDone(future: Future): void {
    this.#left--;
    const failed = this.#when === FIRST_EXCEPTION && !future.cancelled() && future.exception() !== null;
    if ((this.#left <= 0 || this.#when === FIRST_COMPLETED || failed) && !this.waiter.done()) this.waiter.setResult();
  }
}

async function waitForAll<F extends Future>(
  futures: Set<F>,
  seconds: number | null,
  when: ReturnWhen,
): Promise<[Set<F>, Set<F>]> {
  const waiting = new Waiting(futures as Set<Future>, when);
  let timer: Alarm | undefined;
  if (seconds !== null) timer = alarm(runningLoop(), seconds, new Release(waiting.waiter));
  const callbacks = new Map<F, Handle>();
  for (const future of futures) {
    const callback = new OneDone(future as Future, waiting);
    callbacks.set(future, callback);
    future.notify(callback);
  }
  try {
    await waiting.waiter;
  } finally {
    timer?.cancel();
    for (const [future, callback] of callbacks) future.forget(callback);
  }
  const done = new Set<F>();
  const pending = new Set<F>();
  for (const future of futures) (future.done() ? done : pending).add(future);
  return [done, pending];
}

/**
 * Waits for several tasks or futures; returns those that are done and those that are not: after all of them, the
 * first, or the first that failed, and at the latest after `timeout` seconds. It cancels nothing and throws none of
 * their errors. Anything that is not a future becomes a task.
 *
 * @throws ValueError `Set of Tasks/Futures is empty.`, `Invalid returnWhen value: …`
 * @example
 * const [done, pending] = await wait(tasks, { returnWhen: FIRST_COMPLETED });
 */
export function wait<A extends AwaitableLike>(
  aws: Iterable<A>,
  options: WaitOptions = {},
): Promise<[done: Set<FutureOf<A>>, pending: Set<FutureOf<A>>]> {
  const { timeout = null, returnWhen = ALL_COMPLETED } = options;
  return new Coroutine<[Set<FutureOf<A>>, Set<FutureOf<A>>]>("wait", () => {
    if (isThenable(aws)) throw new TypeError(`expect a list of futures, not ${inspect(aws)}`);
    const sources = [...aws];
    if (sources.length === 0) throw new ValueError("Set of Tasks/Futures is empty.");
    if (![FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED].includes(returnWhen)) {
      throw new ValueError(`Invalid returnWhen value: ${String(returnWhen)}`);
    }
    const futures = futuresOf<FutureOf<A>>(sources);
    return waitForAll(futures, timeout, returnWhen);
  });
}

/** A future or task as it is; the task that anything else becomes. */
export type FutureOf<A> = A extends Future ? A : Future<A extends () => infer R ? Awaited<R> : Awaited<A>>;
