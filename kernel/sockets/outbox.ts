// Messages on their way to a socket, in order. ZeroMQ takes them at once as a rule, but now and then asks for a turn of
// the event loop, and takes only one message at a time then.

import { setTimeout as sleep } from "node:timers/promises";
import type { Router, XPublisher } from "zeromq";
import type { Log } from "../log.ts";
import type { Sockets } from "./sockets.ts";

/** How long a client's channel is waited for, and how often it is tried, in milliseconds. */
const PATIENCE = 2_000;
const RETRY = 20;

export type Frames = (Uint8Array | string)[];

export class Outbox {
  readonly #socket: Router | XPublisher;
  readonly #log: Log;
  #waiting: Frames[] = [];
  #sending: Promise<void> | undefined;

  constructor(socket: Router | XPublisher, log: Log) {
    this.#socket = socket;
    this.#log = log;
  }

  /** How many messages ZeroMQ has not taken yet. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Sends a message after those before it. A closed socket takes nothing more. */
  push(frames: Frames): void {
    this.#waiting.push(frames);
    this.#sending ??= this.#send();
  }

  /** Resolves when ZeroMQ has taken everything. */
  async flushed(): Promise<void> {
    while (this.#sending) await this.#sending;
  }

  async #send(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      for (const frames of batch) {
        if (this.#socket.closed) break;
        try {
          await this.#sendWhenReachable(frames);
        } catch (error) {
          if (!this.#socket.closed) this.#log.error("a message could not be sent", error);
        }
      }
    }
    this.#sending = undefined;
  }

  /** A client connects its channels one after the other: on a mandatory socket, one that is late is waited for. */
  async #sendWhenReachable(frames: Frames): Promise<void> {
    const end = performance.now() + PATIENCE;
    for (;;) {
      try {
        await this.#socket.send(frames);
        return;
      } catch (error) {
        if (!isUnreachable(error) || performance.now() > end || this.#socket.closed) throw error;
        await sleep(RETRY);
      }
    }
  }
}

const isUnreachable = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "EHOSTUNREACH";

export type Outboxes = { [S in keyof Sockets]: Outbox };

export const createOutboxes = (sockets: Sockets, log: Log): Outboxes => ({
  shell: new Outbox(sockets.shell, log),
  control: new Outbox(sockets.control, log),
  stdin: new Outbox(sockets.stdin, log),
  hb: new Outbox(sockets.hb, log),
  iopub: new Outbox(sockets.iopub, log),
});
