import { performance } from "node:perf_hooks";

/** Where a loop takes its time from. */
export interface Clock {
  /** Seconds since some fixed moment; never goes back. */
  time(): number;
  /** The moment `delay` seconds from now. */
  after(delay: number): number;
  /** Lets `delay` seconds pass while nothing else runs; absent where only real time can pass. */
  block?(delay: number): void;
  /** Present on clocks whose time passes only when nothing can run: goes to that time. */
  jump?(when: number): void;
  /** Present with `jump`: how long, in real seconds, work outside the loop may take before time jumps over it. */
  readonly grace?: number;
}

/** Real, monotonic time. */
export class RealClock implements Clock {
  time(): number {
    return performance.now() / 1000;
  }

  after(delay: number): number {
    return performance.now() / 1000 + delay;
  }
}
