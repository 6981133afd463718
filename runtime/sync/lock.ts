import { inspect } from "node:util";
import { lockAcquired, lockReleased } from "../core/channels.ts";
import { RuntimeError } from "../core/errors.ts";
import { PENDING } from "../core/operation.ts";
import { Coroutine } from "../tasks/coroutine.ts";
import { Held, holding } from "./held.ts";
import { WaitList } from "./wait-list.ts";
import { Waiter } from "./waiter.ts";

class Acquire extends Waiter<Lock, Held> {
  get name(): string {
    return "Lock.acquire";
  }

  protected get line(): WaitList {
    return this.at.waiters;
  }

  protected mustWait(): boolean {
    return !this.at.isFree();
  }

  protected receive(woken: boolean): Held {
    this.at.take(woken ? this : undefined);
    return this.at.held;
  }

  protected override giveBack(): void {
    this.at.passOn();
  }
}

/**
 * Lets one task at a time through. Who waits is served in the order of arrival. It is not bound to the task that
 * acquired it.
 *
 * @example
 * const lock = new Lock();
 * await lock.with(async () => { counter += await read(); });
 */
export class Lock {
  /** @internal */ readonly waiters = new WaitList();
  /** @internal */ readonly held = new Held(this);
  #locked = false;

  /** Whether somebody holds it. */
  locked(): boolean {
    return this.#locked;
  }

  /**
   * Waits until the lock is free, and takes it. A free lock is taken when this is called, so await it at once; the
   * wait for one that is held begins when it is awaited.
   *
   * @example
   * using held = await lock.acquire();
   */
  acquire(): Promise<Held> {
    if (!this.isFree()) return new Acquire(this);
    this.take();
    return this.held.granted;
  }

  /**
   * Gives it to the next who waits.
   * @throws RuntimeError `Lock is not acquired.`
   */
  release(): void {
    if (!this.#locked) throw new RuntimeError("Lock is not acquired.");
    this.#locked = false;
    if (lockReleased.hasSubscribers) lockReleased.publish({ lock: this });
    this.#wakeFirst();
  }

  /** Runs `fn` while holding the lock, and returns its result: Python's `async with lock`. */
  with<T>(fn: () => T | PromiseLike<T>): Promise<T> {
    return new Coroutine<T>("Lock.with", holding, [this, fn]);
  }

  /** @internal Whether nobody holds it, nor waits for it. */
  isFree(): boolean {
    return !this.#locked && !this.waiters.anyWaits();
  }

  /** @internal `by`: the wait after which it is taken. */
  take(by?: Acquire): void {
    this.#locked = true;
    if (lockAcquired.hasSubscribers) lockAcquired.publish({ lock: this, by });
  }

  /** @internal A waiter left, perhaps after it was woken. */
  passOn(): void {
    if (!this.#locked) this.#wakeFirst();
  }

  #wakeFirst(): void {
    const { first } = this.waiters;
    if (first !== null && first.status === PENDING) first.wake();
  }

  [inspect.custom](): string {
    const waiters = this.waiters.size > 0 ? `, waiters:${this.waiters.size}` : "";
    return `<Lock [${this.#locked ? "locked" : "unlocked"}${waiters}]>`;
  }
}
