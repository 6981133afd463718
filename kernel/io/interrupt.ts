// A user's interrupt: first the session is asked, which can cancel a task; if it does not answer, its JavaScript is stopped.

import { setTimeout as sleep } from "node:timers/promises";
import type { ParentId, SessionRequest } from "../channel/messages.ts";
import { Interrupt, Signal } from "../channel/signals.ts";
import type { StopAnswer } from "../channel/stop.ts";
import type { Log } from "../log.ts";

/** How long the session has to take an interrupt, in milliseconds, before and after each attempt to stop what runs. */
const PATIENCE = 10;
/** How long an attempt may go without an answer, in milliseconds, before the next one. */
const ANSWER_PATIENCE = 500;
/** After so long, in milliseconds, something that V8 cannot stop is running. */
const UNSTOPPABLE = 1_000;

export interface InterruptPorts {
  signals: Int32Array;
  toSession(request: SessionRequest): void;
  /** Ends the wait for an answer of the user's. */
  interruptInput(): void;
  /** The request that the session works on. */
  working(): ParentId | undefined;
  /** Has the user's code stopped, if that is what runs. Rejects if nobody is there to be asked. */
  stop(attempt: number): Promise<StopAnswer | "no room">;
  /** Stops whatever runs. */
  terminateExecution(): Promise<void>;
  /** Interrupts the child process that the session waits for, blocked, as long as it is not called off. */
  interruptBlockingChild(): () => void;
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
    const { signals, toSession, interruptInput, working } = this.#ports;
    if (Atomics.compareExchange(signals, Signal.interruptState, Interrupt.none, Interrupt.pending) !== Interrupt.none)
      return;
    Atomics.store(signals, Signal.interrupt, 1);
    Atomics.notify(signals, Signal.interrupt);
    toSession({ type: "interrupt", working: working() });
    interruptInput();
    void this.#insist();
  }

  /** Until somebody in the session has taken the interrupt, stops the user's code wherever it is met. */
  async #insist(): Promise<void> {
    const { signals, interruptBlockingChild } = this.#ports;
    const unstoppable = setTimeout(
      () => this.#log.warn("the interrupt waits for native code that cannot be stopped"),
      UNSTOPPABLE,
    );
    for (let attempt = 1; ; attempt++) {
      await sleep(PATIENCE);
      if (Atomics.load(signals, Signal.interruptState) !== Interrupt.pending) break;
      const callOff = interruptBlockingChild();
      // Where calls are nested as deep as they can be, V8 may lose the question.
      await Promise.race([this.#stop(attempt), sleep(ANSWER_PATIENCE)]);
      callOff();
    }
    clearTimeout(unstoppable);
  }

  async #stop(attempt: number): Promise<void> {
    const { signals, stop, terminateExecution } = this.#ports;
    try {
      const answer = await stop(attempt);
      const isPending = Atomics.load(signals, Signal.interruptState) === Interrupt.pending;
      if (answer !== "no room" || !isPending) return;
      // Calls without an end: they are the user's.
      Atomics.store(signals, Signal.stopped, 1);
      await terminateExecution();
    } catch (error) {
      this.#log.error("interrupt failed", error);
      Atomics.store(signals, Signal.interrupt, 0);
      Atomics.store(signals, Signal.interruptState, Interrupt.none);
    }
  }
}
