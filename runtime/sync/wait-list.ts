import { CANCELLED } from "../core/operation.ts";

/** An entry of a wait list: a wait, which joins when it parks and leaves when it ends. */
export interface Waiting {
  /** Who came before it. */
  ahead: Waiting | null;
  /** Who came after it. */
  behind: Waiting | null;
  readonly status: number;
  wake(): boolean;
}

/** Who waits at a lock, a queue, an event: first come, first served, and leaving from the middle is cheap. */
export class WaitList {
  #first: Waiting | null = null;
  #last: Waiting | null = null;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get first(): Waiting | null {
    return this.#first;
  }

  /** Whether somebody is in it who was not cancelled. */
  anyWaits(): boolean {
    for (let waiting = this.#first; waiting !== null; waiting = waiting.behind) {
      if (waiting.status !== CANCELLED) return true;
    }
    return false;
  }

  push(waiting: Waiting): void {
    waiting.ahead = this.#last;
    waiting.behind = null;
    if (this.#last === null) this.#first = waiting;
    else this.#last.behind = waiting;
    this.#last = waiting;
    this.#size++;
  }

  /** Takes an entry out; does nothing if it is not in the list. */
  remove(waiting: Waiting): void {
    if (waiting.ahead === null && waiting.behind === null && this.#first !== waiting) return;
    if (waiting.ahead === null) this.#first = waiting.behind;
    else waiting.ahead.behind = waiting.behind;
    if (waiting.behind === null) this.#last = waiting.ahead;
    else waiting.behind.ahead = waiting.ahead;
    waiting.ahead = waiting.behind = null;
    this.#size--;
  }

  shift(): Waiting | null {
    const first = this.#first;
    if (first !== null) this.remove(first);
    return first;
  }

  *[Symbol.iterator](): Iterator<Waiting> {
    for (let waiting = this.#first; waiting !== null; waiting = waiting.behind) yield waiting;
  }
}
