/** An entry of a wait list. */
export interface Waiting {
  ahead: Waiting | null;
  behind: Waiting | null;
}

/** Who waits at a lock, a queue, an event: first come, first served, and leaving from the middle is cheap. */
export class WaitList<W extends Waiting> {
  #first: W | null = null;
  #last: W | null = null;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get first(): W | null {
    return this.#first;
  }

  push(waiting: W): void {
    waiting.ahead = this.#last;
    waiting.behind = null;
    if (this.#last === null) this.#first = waiting;
    else this.#last.behind = waiting;
    this.#last = waiting;
    this.#size++;
  }

  /** Takes an entry out; does nothing if it is not in the list. */
  remove(waiting: W): void {
    if (waiting.ahead === null && waiting.behind === null && this.#first !== waiting) return;
    if (waiting.ahead === null) this.#first = waiting.behind as W | null;
    else waiting.ahead.behind = waiting.behind;
    if (waiting.behind === null) this.#last = waiting.ahead as W | null;
    else waiting.behind.ahead = waiting.ahead;
    waiting.ahead = waiting.behind = null;
    this.#size--;
  }

  shift(): W | null {
    const first = this.#first;
    if (first !== null) this.remove(first);
    return first;
  }

  *[Symbol.iterator](): Iterator<W> {
    for (let waiting = this.#first; waiting !== null; waiting = waiting.behind as W | null) yield waiting;
  }
}
