import { threadBlocked } from "../core/channels.ts";
import { ValueError } from "../core/errors.ts";
import type { Clock } from "../core/roles.ts";
import { findRunningLoop } from "../core/running.ts";

let cell = new Int32Array(new SharedArrayBuffer(4));
let wokenBy: (() => unknown) | null = null;

/**
 * @internal Lets a host end blocking sleeps from another thread: they wait on `array[0]`, and when it is notified with another
 * value than 0, `interrupted` gives the error to throw (undefined: sleep on).
 */
export function setBlockingSleep(
  array: Int32Array<SharedArrayBuffer> | null,
  interrupted: (() => unknown) | null,
): void {
  cell = array ?? new Int32Array(new SharedArrayBuffer(4));
  wokenBy = interrupted;
}

/**
 * Stops the whole thread for `delay` seconds: Python's `time.sleep`, for showing what not to do in a coroutine.
 *
 * @throws ValueError if `delay` is negative or NaN; in a notebook, what an interrupt throws.
 */
export function blockingSleep(delay: number): void {
  if (!(delay >= 0)) throw new ValueError("sleep length must be non-negative");
  const loop = findRunningLoop();
  if (loop === null || !threadBlocked.hasSubscribers) {
    block(loop?.clock, delay);
    return;
  }
  const start = loop.time();
  try {
    block(loop.clock, delay);
  } finally {
    threadBlocked.publish({ loop, start, end: loop.time() });
  }
}

function block(clock: Clock | undefined, delay: number): void {
  if (clock?.block !== undefined) {
    clock.block(delay);
    return;
  }
  const end = performance.now() + delay * 1000;
  for (let left = delay * 1000; left > 0; left = end - performance.now()) {
    if (Atomics.wait(cell, 0, 0, left) === "timed-out") return;
    const error = wokenBy?.();
    if (error !== undefined) throw error;
    if (Atomics.load(cell, 0) !== 0) {
      // Somebody else's flag stays up: sleep out the rest where nothing wakes us.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, end - performance.now());
      return;
    }
  }
}
