// Ends the user's code where it does not come round to an interrupt. The question comes through V8's inspector, on top of
// the very code that runs: so it can be told whose that is, and nothing comes between the look and the stop. The kernel's
// own code is never stopped half way.

import { getCallSites } from "node:util";
import { Interrupt, Signal } from "../channel/signals.ts";
import { STOP, type StopAnswer } from "../channel/stop.ts";

/** How many frames are looked at. V8 tells no more than 200. */
const FRAMES = 200;
/**
 * Asked so often, and without a frame to be seen: it is not that nothing runs, or the session would have had its message by
 * now, but V8 is between two microtasks each time.
 */
const NEVER_IDLE = 3;
/** Asked so often, even what seems to be the kernel's has gone on for too long (a second) to be so. */
const NEVER_OWN = 100;

export interface StopperOptions {
  signals: Int32Array;
  /** URLs that begin so are the kernel's own, or the runtime's. */
  own: readonly string[];
  /** Has V8 end what runs, at its next step. */
  terminate: () => void;
}

export class Stopper {
  readonly #options: StopperOptions;

  constructor(options: StopperOptions) {
    this.#options = options;
  }

  /** Defines the function that the IO thread asks, out of sight of whoever lists the global object. */
  install(): void {
    Object.defineProperty(globalThis, STOP, { value: (attempt: number) => this.#stop(attempt) });
  }

  /** Whether code has been stopped since this was asked last. */
  takeStopped(): boolean {
    return Atomics.exchange(this.#options.signals, Signal.stopped, 0) === 1;
  }

  #stop(attempt: number): StopAnswer {
    const { signals, terminate } = this.#options;
    if (Atomics.load(signals, Signal.interruptState) !== Interrupt.pending) return "taken";
    if (attempt < NEVER_OWN && !this.#isUsers(attempt)) return "later";
    Atomics.store(signals, Signal.stopped, 1);
    terminate();
    return "stopped";
  }

  /** Whether what runs below this question is the user's code, or a library's that it called. */
  #isUsers(attempt: number): boolean {
    const { own } = this.#options;
    const frames = getCallSites(FRAMES, { sourceMap: false }).map(({ scriptName }) => scriptName);
    // The functions of this class, and the expression that calls them.
    const running = frames.slice(frames.indexOf("") + 1);
    if (running.length === 0) return attempt >= NEVER_IDLE;
    let isLibrary = false;
    for (const script of running) {
      if (script.startsWith("node:")) continue;
      if (own.some((start) => script.startsWith(start))) return false;
      if (!script.includes("/node_modules/")) return true;
      isLibrary = true;
    }
    return isLibrary;
  }
}
