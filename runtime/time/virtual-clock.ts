import type { Clock } from "../core/roles.ts";

const nanoseconds = (seconds: number): number => Math.round(seconds * 1e9) / 1e9;

/**
 * A clock that jumps to the next timer as soon as nothing else can run, as Trio's MockClock with autojump: a program
 * that sleeps for hours ends in milliseconds, and every time in it is exact (times are rounded to nanoseconds).
 *
 * While a task waits on a promise of the outside (a file, a socket, a thread), time stands still for `grace` real
 * seconds before it jumps.
 *
 * @example
 * const clock = new VirtualClock();
 * await run(() => sleep(6), { clock });
 * clock.time(); // 6
 */
export class VirtualClock implements Clock {
  readonly grace: number;
  #now: number;

  constructor({ start = 0, grace = 0.05 }: { start?: number; grace?: number } = {}) {
    this.#now = start;
    this.grace = grace;
  }

  time(): number {
    return this.#now;
  }

  after(delay: number): number {
    return nanoseconds(this.#now + delay);
  }

  block(delay: number): void {
    if (delay > 0) this.#now = this.after(delay);
  }

  jump(when: number): void {
    if (when > this.#now) this.#now = nanoseconds(when);
  }

  /** Lets time pass by hand, in seconds. Timers that are then due run in the loop's next turn. */
  advance(seconds: number): void {
    this.block(seconds);
  }
}
