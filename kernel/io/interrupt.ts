// A user's interrupt: first the session is asked, which can cancel a task; if it does not answer, its JavaScript is stopped.

import type { InputReply, SessionRequest } from "../channel/messages.ts";
import { Interrupt, Signal } from "../channel/signals.ts";
import type { Log } from "../log.ts";

/** How long the session has to take an interrupt, in milliseconds. A cell that awaits needs one. */
const PATIENCE = 10;
/** After so long, in milliseconds, something that V8 cannot stop is running. */
const UNSTOPPABLE = 1_000;

export interface InterruptPorts {
  signals: Int32Array;
  toSession(request: SessionRequest): void;
  toInput(reply: InputReply): void;
  terminateExecution(): Promise<void>;
}

export class Interrupter {
  readonly #ports: InterruptPorts;
  readonly #log: Log;

  constructor(ports: InterruptPorts, log: Log) {
    this.#ports = ports;
    this.#log = log;
  }

  /** Interrupts what runs. While one interrupt is under way, a second one adds nothing. */
  interrupt(): void {
    const { signals, toSession, toInput } = this.#ports;
    if (Atomics.compareExchange(signals, Signal.interruptState, Interrupt.none, Interrupt.pending) !== Interrupt.none)
      return;
    Atomics.store(signals, Signal.interrupt, 1);
    Atomics.notify(signals, Signal.interrupt);
    toSession({ type: "interrupt" });
    toInput({ type: "interrupt" });
    setTimeout(() => this.#escalate(), PATIENCE);
  }

  #escalate(): void {
    const { signals } = this.#ports;
    const found = Atomics.compareExchange(signals, Signal.interruptState, Interrupt.pending, Interrupt.terminating);
    if (found === Interrupt.pending) this.#terminate().catch((error) => this.#log.error("interrupt failed", error));
  }

  async #terminate(): Promise<void> {
    const { signals, toSession } = this.#ports;
    const unstoppable = setTimeout(
      () => this.#log.warn("the interrupt waits for native code that cannot be stopped"),
      UNSTOPPABLE,
    );
    try {
      await this.#ports.terminateExecution();
    } finally {
      clearTimeout(unstoppable);
      Atomics.store(signals, Signal.interrupt, 0);
      Atomics.store(signals, Signal.interruptState, Interrupt.none);
      // A session that found `terminating` may be waiting for this.
      Atomics.notify(signals, Signal.interruptState);
      toSession({ type: "terminated" });
    }
  }
}
