import { inspect } from "node:util";
import { CancelledError, RuntimeError } from "../core/errors.ts";
import { Coroutine } from "../tasks/coroutine.ts";
import { Future } from "../tasks/future.ts";
import { type Held, holding } from "./held.ts";
import { Lock } from "./lock.ts";

/**
 * A lock with a waiting room: a task that holds it can wait there until another that holds it notifies.
 *
 * @example
 * const condition = new Condition();
 * await condition.with(() => condition.waitFor(() => items.length > 0));
 * // elsewhere
 * await condition.with(() => { items.push(1); condition.notify(); });
 */
export class Condition {
  readonly #lock: Lock;
  /** Futures, not waits: who waits is in line as soon as it has released the lock, before its wait is awaited. */
  readonly #waiters = new Set<Future<boolean>>();

  /** Several conditions can share one lock. */
  constructor(lock: Lock = new Lock()) {
    this.#lock = lock;
  }

  locked(): boolean {
    return this.#lock.locked();
  }

  acquire(): Promise<Held> {
    return this.#lock.acquire();
  }

  release(): void {
    this.#lock.release();
  }

  /** Runs `fn` while holding the lock: Python's `async with condition`. */
  with<T>(fn: () => T | PromiseLike<T>): Promise<T> {
    return new Coroutine<T>("Condition.with", holding, [this, fn]);
  }

  /**
   * Releases the lock, waits to be notified, and takes the lock again; returns true. It may return without a notice, so
   * look at the state again (or use `waitFor`).
   * @throws RuntimeError `cannot wait on un-acquired lock`
   */
  wait(): Promise<true> {
    return new Coroutine<true>("Condition.wait", () => this.#wait());
  }

  /** Waits until `predicate` is truthy, and returns its value. */
  waitFor<T>(predicate: () => T): Promise<T> {
    return new Coroutine<T>("Condition.waitFor", () => this.#waitFor(predicate));
  }

  /**
   * Wakes up to `n` of those who wait; they go on once they have the lock.
   * @throws RuntimeError `cannot notify on un-acquired lock`
   */
  notify(n = 1): void {
    if (!this.locked()) throw new RuntimeError("cannot notify on un-acquired lock");
    this.#notify(n);
  }

  /** Wakes all who wait. */
  notifyAll(): void {
    this.notify(this.#waiters.size);
  }

  async #wait(): Promise<true> {
    if (!this.locked()) throw new RuntimeError("cannot wait on un-acquired lock");
    const waiter = new Future<boolean>();
    this.release();
    try {
      try {
        this.#waiters.add(waiter);
        try {
          await waiter;
          return true;
        } finally {
          this.#waiters.delete(waiter);
        }
      } finally {
        await this.#reacquire();
      }
    } catch (error) {
      // It may have been notified: let another one have that.
      this.#notify(1);
      throw error;
    }
  }

  /** Takes the lock again even if cancelled meanwhile; then throws the last CancelledError. */
  async #reacquire(): Promise<void> {
    let cancelled: CancelledError | undefined;
    for (;;) {
      try {
        await this.acquire();
        break;
      } catch (error) {
        if (!(error instanceof CancelledError)) throw error;
        cancelled = error;
      }
    }
    if (cancelled !== undefined) throw cancelled;
  }

  async #waitFor<T>(predicate: () => T): Promise<T> {
    let result = predicate();
    while (!result) {
      await this.wait();
      result = predicate();
    }
    return result;
  }

  #notify(n: number): void {
    let left = n;
    for (const waiter of this.#waiters) {
      if (left <= 0) break;
      if (waiter.done()) continue;
      left--;
      waiter.setResult(false);
    }
  }

  [inspect.custom](): string {
    const waiters = this.#waiters.size > 0 ? `, waiters:${this.#waiters.size}` : "";
    return `<Condition [${this.locked() ? "locked" : "unlocked"}${waiters}]>`;
  }
}
