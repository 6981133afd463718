import { inspect } from "node:util";
import { lockAcquired, lockReleased } from "../core/channels.ts";
import { RuntimeError } from "../core/errors.ts";
import { CANCELLED, PENDING } from "../core/operation.ts";
import type { Running } from "../core/roles.ts";
import { Coroutine } from "../tasks/coroutine.ts";
import { NativeCoroutine } from "../tasks/native-coroutine.ts";
import { Held, holding } from "./held.ts";
import { type Waiting, WaitList } from "./wait-list.ts";

class Acquire extends NativeCoroutine<Held> implements Waiting {
  ahead: Waiting | null = null;
  behind: Waiting | null = null;
  readonly #lock: Lock;

  constructor(lock: Lock) {
    super();
    this.#lock = lock;
  }

  get name(): string {
    return "Lock.acquire";
  }

  protected begin(): void {
    if (this.#lock.tryAcquire()) this.finish(this.#lock.held);
    else {
      this.#lock.waiters.push(this);
      this.park();
    }
  }

  protected resume(): Running {
    this.#lock.waiters.remove(this);
    this.#lock.take();
    if (lockAcquired.hasSubscribers) lockAcquired.publish({ lock: this.#lock, by: this });
    return this.finish(this.#lock.held);
  }

  protected override passOn(): void {
    this.#lock.waiters.remove(this);
    this.#lock.passOn();
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
  /** @internal */ readonly waiters = new WaitList<Acquire>();
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
    return this.tryAcquire() ? this.held.granted : new Acquire(this);
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

  /** @internal Takes it if it is free and nobody waits. */
  tryAcquire(): boolean {
    if (this.#locked) return false;
    for (let w = this.waiters.first; w !== null; w = w.behind as Acquire | null) {
      if (w.status !== CANCELLED) return false;
    }
    this.#locked = true;
    if (lockAcquired.hasSubscribers) lockAcquired.publish({ lock: this });
    return true;
  }

  /** @internal */
  take(): void {
    this.#locked = true;
  }

  /** @internal A waiter left without the lock. */
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
