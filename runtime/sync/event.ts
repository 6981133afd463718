import { inspect } from "node:util";
import { WaitList } from "./wait-list.ts";
import { Waiter } from "./waiter.ts";

class EventWait extends Waiter<Event, true> {
  get name(): string {
    return "Event.wait";
  }

  protected get line(): WaitList {
    return this.at.waiters;
  }

  protected mustWait(): boolean {
    return !this.at.isSet();
  }

  protected receive(): true {
    return true;
  }
}

/**
 * A flag that tasks wait for: `set` lets all of them through, and all who come later, until `clear`.
 *
 * @example
 * const ready = new Event();
 * createTask(async () => { await ready.wait(); console.log("go"); });
 * ready.set();
 */
export class Event {
  /** @internal */ readonly waiters = new WaitList();
  #set = false;

  isSet(): boolean {
    return this.#set;
  }

  /** Raises the flag and wakes all who wait. */
  set(): void {
    if (this.#set) return;
    this.#set = true;
    for (const waiter of this.waiters) waiter.wake();
  }

  /** Lowers the flag: who waits from now on is held. */
  clear(): void {
    this.#set = false;
  }

  /** Waits until the flag is up; returns true, at once if it is up already. */
  wait(): Promise<true> {
    return new EventWait(this);
  }

  [inspect.custom](): string {
    const waiters = this.waiters.size > 0 ? `, waiters:${this.waiters.size}` : "";
    return `<Event [${this.#set ? "set" : "unset"}${waiters}]>`;
  }
}
