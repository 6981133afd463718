import { performance } from "node:perf_hooks";
import type { Clock } from "../core/roles.ts";

/** Real, monotonic time. */
export class RealClock implements Clock {
  time(): number {
    return performance.now() / 1000;
  }

  after(delay: number): number {
    return performance.now() / 1000 + delay;
  }
}
