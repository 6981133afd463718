// The end of the kernel: in order if the session takes part, and anyway if it does not.

import { setTimeout as sleep } from "node:timers/promises";
import type { SessionRequest } from "../channel/messages.ts";
import { Signal } from "../channel/signals.ts";
import type { Log } from "../log.ts";

/** How long the session has to end in order, in milliseconds; then again after its JavaScript was stopped. */
const PATIENCE = 1_000;
/** How long history may take to be written, in milliseconds. */
const HISTORY_PATIENCE = 500;
/** How long an end that is to be at once may take all the same, in milliseconds. */
const TERMINATION_PATIENCE = 1_000;
/** How long a signal may take that a listener of the user's could keep from its effect, in milliseconds. */
const SIGNAL_PATIENCE = 100;

export interface LifecyclePorts {
  signals: Int32Array;
  toSession(request: SessionRequest): void;
  terminateExecution(): Promise<void>;
  /** Answers what runs or waits, and publishes the text that is left. */
  finish(): void;
  flushHistory(): Promise<void>;
  /** Closes everything that is open. */
  close(): Promise<void>;
  /** Ends what cells have started. */
  endChildren(): Promise<void>;
  /** Ends the process, whatever its main thread does. */
  kill(signal: "SIGTERM" | "SIGKILL"): void;
}

export class Lifecycle {
  readonly #ports: LifecyclePorts;
  readonly #log: Log;
  #asked = false;
  #left: Promise<void> | undefined;

  constructor(ports: LifecyclePorts, log: Log) {
    this.#ports = ports;
    this.#log = log;
  }

  /** A client wants the kernel to end. The session answers with `exit`; if it is busy for good, it is made to. */
  shutdown(restart: boolean): void {
    if (this.#asked) return;
    this.#asked = true;
    this.#ports.toSession({ type: "shutdown", restart });
    setTimeout(() => this.#insist(), PATIENCE);
  }

  /** The session is done: send what is left, close everything, and let the main thread end the process. */
  leave(): Promise<void> {
    this.#left ??= this.#leave();
    return this.#left;
  }

  /** The process is to end at once, and by SIGTERM, as whoever sent that one expects: sends only what is left. */
  terminate(): void {
    const { kill } = this.#ports;
    this.#asked = true;
    Promise.race([this.leave(), sleep(TERMINATION_PATIENCE)]).finally(() => {
      kill("SIGTERM");
      setTimeout(() => kill("SIGKILL"), SIGNAL_PATIENCE);
    });
  }

  #insist(): void {
    if (this.#left) return;
    this.#log.info("the session does not end: its JavaScript is stopped");
    this.#ports.terminateExecution().catch((error) => this.#log.error("the session could not be stopped", error));
    setTimeout(() => {
      if (!this.#left) this.leave().finally(() => this.#ports.kill("SIGKILL"));
    }, PATIENCE);
  }

  async #leave(): Promise<void> {
    const { finish, endChildren, flushHistory, close, signals } = this.#ports;
    try {
      finish();
      await Promise.all([endChildren(), Promise.race([flushHistory(), sleep(HISTORY_PATIENCE)])]);
      await close();
    } catch (error) {
      this.#log.error("the kernel did not end in order", error);
    }
    Atomics.store(signals, Signal.exit, 1);
    Atomics.notify(signals, Signal.exit);
  }
}
