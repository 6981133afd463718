import { inspect } from "node:util";
import type { Running } from "../core/roles.ts";
import { NativeCoroutine } from "../tasks/native-coroutine.ts";
import { type Waiting, WaitList } from "./wait-list.ts";

class EventWait extends NativeCoroutine<true> implements Waiting {
  ahead: Waiting | null = null;
  behind: Waiting | null = null;
  readonly #event: Event;

  constructor(event: Event) {
    super();
    this.#event = event;
  }

  get name(): string {
    return "Event.wait";
  }

  protected begin(): void {
    if (this.#event.isSet()) this.finish(true);
    else {
      this.#event.waiters.push(this);
      this.park();
    }
  }

  protected resume(): Running {
    this.#event.waiters.remove(this);
    return this.finish(true);
  }

  protected override passOn(): void {
    this.#event.waiters.remove(this);
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
  /** @internal */ readonly waiters = new WaitList<EventWait>();
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
