import type { Timed } from "../core/roles.ts";
import type { ReadyQueue } from "./ready-queue.ts";

/** Timers that are due within so many seconds are due now: times are sums of floating point numbers. */
const CLOSE = 1e-9;

const before = (a: Timed, b: Timed): boolean => a.when < b.when || (a.when === b.when && a.order < b.order);

/** A binary heap of timers, the earliest first. */
export class TimerHeap {
  readonly #heap: Timed[] = [];
  #arrivals = 0;

  get size(): number {
    return this.#heap.length;
  }

  peek(): Timed | undefined {
    return this.#heap[0];
  }

  push(timer: Timed): void {
    timer.order = this.#arrivals++;
    this.#heap.push(timer);
    this.#rise(timer, this.#heap.length - 1);
  }

  /** Moves the timers whose time has come to the ready queue, the earliest first. */
  moveDue(now: number, ready: ReadyQueue): void {
    const due = now + CLOSE;
    for (let first = this.#heap[0]; first !== undefined && first.when <= due; first = this.#heap[0]) {
      this.remove(first);
      ready.push(first);
    }
  }

  /** True if the timer was in the heap. */
  remove(timer: Timed): boolean {
    const at = timer.index;
    if (at < 0) return false;
    timer.index = -1;
    const last = this.#heap.pop();
    if (last === undefined || last === timer) return true;
    const parent = this.#heap[(at - 1) >> 1];
    if (at > 0 && parent !== undefined && before(last, parent)) this.#rise(last, at);
    else this.#sink(last, at);
    return true;
  }

  #rise(timer: Timed, from: number): void {
    const heap = this.#heap;
    let at = from;
    while (at > 0) {
      const up = (at - 1) >> 1;
      const parent = heap[up];
      if (parent === undefined || !before(timer, parent)) break;
      heap[at] = parent;
      parent.index = at;
      at = up;
    }
    heap[at] = timer;
    timer.index = at;
  }

  #sink(timer: Timed, from: number): void {
    const heap = this.#heap;
    let at = from;
    for (;;) {
      let down = 2 * at + 1;
      let child = heap[down];
      if (child === undefined) break;
      const right = heap[down + 1];
      if (right !== undefined && before(right, child)) {
        child = right;
        down++;
      }
      if (!before(child, timer)) break;
      heap[at] = child;
      child.index = at;
      at = down;
    }
    heap[at] = timer;
    timer.index = at;
  }
}
