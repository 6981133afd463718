// The session's half of an interrupt. The IO thread sets a word of shared memory and sends a message; whoever comes first
// takes it: the message loop, the next await of the cell, a blocking sleep. If none does, `Stopper` ends what runs.

import { KeyboardInterrupt } from "../../runtime/index.ts";
import { Interrupt, Signal } from "../channel/signals.ts";

/** The error of a cell that the user stopped. */
export const keyboardInterrupt = (message = "the cell was interrupted"): KeyboardInterrupt =>
  new KeyboardInterrupt(message);

/** How long code of other cells may go on awaiting before an interrupt that nobody takes is theirs, in milliseconds. */
const PATIENCE = 5;

export class Interrupts {
  readonly #signals: Int32Array;
  #seen: number | undefined;

  constructor(signals: Int32Array) {
    this.#signals = signals;
  }

  /** Takes a pending interrupt, so that nobody else acts on it. False if there is none. */
  take(): boolean {
    const state = Atomics.compareExchange(this.#signals, Signal.interruptState, Interrupt.pending, Interrupt.none);
    if (state !== Interrupt.pending) return false;
    Atomics.store(this.#signals, Signal.interrupt, 0);
    this.#seen = undefined;
    return true;
  }

  /**
   * Asked at every await of a cell. True if an interrupt is taken here: at once by the cell that executes, and by others
   * only when it has been pending for a while, because then theirs is the loop that hears nothing else.
   */
  takeAtAwait(isExecuting: boolean): boolean {
    if (this.#signals[Signal.interrupt] === 0) {
      this.#seen = undefined;
      return false;
    }
    this.#seen ??= performance.now();
    return (isExecuting || performance.now() - this.#seen > PATIENCE) && this.take();
  }
}
