// Questions to the user: from the session to the client that runs the cell, and its answer back.

import type { MessagePort } from "node:worker_threads";
import type { InputReply, ParentId } from "../channel/messages.ts";
import { Signal } from "../channel/signals.ts";

interface Question {
  /** The session's number of it. */
  number: number;
  parent: ParentId;
}

export class Input {
  readonly #port: MessagePort;
  readonly #signals: Int32Array;
  /** Questions that wait for their answer, by the id of the message that asked. */
  readonly #open = new Map<string, Question>();
  /** The ids of all messages that have ever asked. */
  readonly #asked = new Set<string>();

  constructor(port: MessagePort, signals: Int32Array) {
    this.#port = port;
    this.#signals = signals;
  }

  /** The message `id` has asked the user something, and the session waits for the answer. */
  expect(id: string, question: Question): void {
    this.#asked.add(id);
    this.#open.set(id, question);
  }

  /**
   * Hands over an answer to the message `asked`; most clients do not say which, and mean the latest. Returns false for an answer
   * that nobody waits for: it must not answer the next question.
   */
  answer(value: string, asked: string | undefined): boolean {
    const isNamed = asked !== undefined && this.#asked.has(asked);
    const id = isNamed ? asked : [...this.#open.keys()].at(-1);
    const question = id === undefined ? undefined : this.#open.get(id);
    if (id === undefined || !question) return false;
    this.#open.delete(id);
    this.#post({ type: "input_reply", question: question.number, value });
    return true;
  }

  /** Ends the wait of whatever has been asked. */
  interrupt(): void {
    this.#open.clear();
    this.#post({ type: "interrupt" });
  }

  /** A cell has ended, and the session has given up what it asked. */
  endOf(parent: ParentId): void {
    for (const [id, question] of this.#open) if (question.parent === parent) this.#open.delete(id);
  }

  /** Posts to a session that may be blocked, and wakes it. */
  #post(reply: InputReply): void {
    this.#port.postMessage(reply);
    Atomics.store(this.#signals, Signal.input, 1);
    Atomics.notify(this.#signals, Signal.input);
  }
}
