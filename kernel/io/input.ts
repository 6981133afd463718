// Questions to the user: from the session to the client that runs the cell, and its answer back.

import type { MessagePort } from "node:worker_threads";
import type { InputReply } from "../channel/messages.ts";
import { Signal } from "../channel/signals.ts";

export class Input {
  readonly #port: MessagePort;
  readonly #signals: Int32Array;
  #awaited = false;

  constructor(port: MessagePort, signals: Int32Array) {
    this.#port = port;
    this.#signals = signals;
  }

  /** The session asked and waits. */
  expect(): void {
    this.#awaited = true;
  }

  /** Hands over an answer. Returns false for one that nobody waits for: it must not answer the next question. */
  answer(value: string): boolean {
    if (!this.#awaited) return false;
    this.send({ type: "input_reply", value });
    return true;
  }

  /** Posts to a session that may be blocked, and wakes it. */
  send(reply: InputReply): void {
    this.#awaited = false;
    this.#port.postMessage(reply);
    Atomics.store(this.#signals, Signal.input, 1);
    Atomics.notify(this.#signals, Signal.input);
  }
}
