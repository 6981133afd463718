import { inspect } from "node:util";
import { lockAcquired, lockReleased } from "../core/channels.ts";
import { ValueError } from "../core/errors.ts";
import { PENDING } from "../core/operation.ts";
import { Coroutine } from "../tasks/coroutine.ts";
import { Held, holding } from "./held.ts";
import { WaitList } from "./wait-list.ts";
import { Waiter } from "./waiter.ts";

class Acquire extends Waiter<Semaphore, Held> {
  get name(): string {
    return "Semaphore.acquire";
  }

  protected get line(): WaitList {
    return this.at.waiters;
  }

  protected mustWait(): boolean {
    return this.at.locked();
  }

  protected receive(woken: boolean): Held {
    if (woken) this.at.takeGiven(this);
    else this.at.take();
    return this.at.held;
  }

  protected override giveBack(woken: boolean): void {
    this.at.takeBack(woken);
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
  /** @internal */ readonly waiters = new WaitList();
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
    return this.#value === 0 || this.waiters.anyWaits();
  }

  /** Waits for a permit and takes it; a free one is taken when this is called. `using permit = await s.acquire()`. */
  acquire(): Promise<Held> {
    if (this.locked()) return new Acquire(this);
    this.take();
    return this.held.granted;
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

  /** @internal Takes a free permit. */
  take(): void {
    this.#value--;
    if (lockAcquired.hasSubscribers) lockAcquired.publish({ lock: this });
  }

  /** @internal A waiter takes the permit that it was given when it was woken. */
  takeGiven(by: Acquire): void {
    this.#wakeWhileFree();
    if (lockAcquired.hasSubscribers) lockAcquired.publish({ lock: this, by });
  }

  /** @internal A waiter left; if it had been given a permit, that is free again. */
  takeBack(permit: boolean): void {
    if (permit) this.#value++;
    this.#wakeWhileFree();
  }

  /** Gives the free permits to those who wait. */
  #wakeWhileFree(): void {
    while (this.#value > 0 && this.#wakeNext());
  }

  #wakeNext(): boolean {
    let next = this.waiters.first;
    while (next !== null && next.status !== PENDING) next = next.behind;
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
