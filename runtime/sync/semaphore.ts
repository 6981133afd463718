import { inspect } from "node:util";
import { lockAcquired, lockReleased } from "../core/channels.ts";
import { ValueError } from "../core/errors.ts";
import { CANCELLED, PENDING } from "../core/operation.ts";
import type { Running } from "../core/roles.ts";
import { Coroutine } from "../tasks/coroutine.ts";
import { NativeCoroutine } from "../tasks/native-coroutine.ts";
import { Held, holding } from "./held.ts";
import { type Waiting, WaitList } from "./wait-list.ts";

class Acquire extends NativeCoroutine<Held> implements Waiting {
  ahead: Waiting | null = null;
  behind: Waiting | null = null;
  readonly #semaphore: Semaphore;

  constructor(semaphore: Semaphore) {
    super();
    this.#semaphore = semaphore;
  }

  get name(): string {
    return "Semaphore.acquire";
  }

  protected begin(): void {
    if (this.#semaphore.tryAcquire()) this.finish(this.#semaphore.held);
    else {
      this.#semaphore.waiters.push(this);
      this.park();
    }
  }

  protected resume(): Running {
    this.#semaphore.waiters.remove(this);
    this.#semaphore.wakeAll();
    if (lockAcquired.hasSubscribers) lockAcquired.publish({ lock: this.#semaphore, by: this });
    return this.finish(this.#semaphore.held);
  }

  protected override passOn(woken: boolean): void {
    this.#semaphore.waiters.remove(this);
    this.#semaphore.takeBack(woken);
  }
}

/**
 * Lets a number of tasks through at a time. Who waits is served in the order of arrival.
 *
 * @throws ValueError `Semaphore initial value must be >= 0`
 * @example
 * const slots = new Semaphore(10);
 * await slots.with(() => download(url));
 */
export class Semaphore {
  /** @internal */ readonly waiters = new WaitList<Acquire>();
  /** @internal */ readonly held = new Held(this);
  #value: number;

  constructor(value = 1) {
    if (value < 0) throw new ValueError("Semaphore initial value must be >= 0");
    this.#value = value;
  }

  /** How many more can pass now. */
  get value(): number {
    return this.#value;
  }

  /** Whether an acquire would have to wait. */
  locked(): boolean {
    if (this.#value === 0) return true;
    for (let w = this.waiters.first; w !== null; w = w.behind as Acquire | null)
      if (w.status !== CANCELLED) return true;
    return false;
  }

  /** Waits for a permit and takes it; a free one is taken when this is called. `using permit = await s.acquire()`. */
  acquire(): Promise<Held> {
    return this.tryAcquire() ? this.held.granted : new Acquire(this);
  }

  /** Gives a permit back, to the next who waits. */
  release(): void {
    this.#value++;
    if (lockReleased.hasSubscribers) lockReleased.publish({ lock: this });
    this.#wakeNext();
  }

  /** Runs `fn` while holding a permit: Python's `async with semaphore`. */
  with<T>(fn: () => T | PromiseLike<T>): Promise<T> {
    return new Coroutine<T>(`${this.constructor.name}.with`, holding, [this, fn]);
  }

  /** @internal */
  tryAcquire(): boolean {
    if (this.locked()) return false;
    this.#value--;
    if (lockAcquired.hasSubscribers) lockAcquired.publish({ lock: this });
    return true;
  }

  /** @internal A waiter left; if it had been given a permit, that is free again. */
  takeBack(permit: boolean): void {
    if (permit) this.#value++;
    this.wakeAll();
  }

  /** @internal */
  wakeAll(): void {
    while (this.#value > 0 && this.#wakeNext());
  }

  #wakeNext(): boolean {
    let next = this.waiters.first;
    while (next !== null && next.status !== PENDING) next = next.behind as Acquire | null;
    if (next === null) return false;
    this.#value--;
    return next.wake();
  }

  [inspect.custom](): string {
    const state = this.locked() ? "locked" : `unlocked, value:${this.#value}`;
    const waiters = this.waiters.size > 0 ? `, waiters:${this.waiters.size}` : "";
    return `<${this.constructor.name} [${state}${waiters}]>`;
  }
}

/** A semaphore whose permits cannot become more than there were at first. */
export class BoundedSemaphore extends Semaphore {
  readonly #bound: number;

  constructor(value = 1) {
    super(value);
    this.#bound = value;
  }

  /** @throws ValueError `BoundedSemaphore released too many times` */
  override release(): void {
    if (this.value >= this.#bound) throw new ValueError("BoundedSemaphore released too many times");
    super.release();
  }
}
