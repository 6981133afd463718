// The broadcast channel: outputs, status, and a welcome for every new subscriber (JEP 65).

import type { XPublisher } from "zeromq";
import type { StreamName } from "../channel/stream-ring.ts";
import type { Log } from "../log.ts";
import type { HeaderFactory } from "../protocol/header.ts";
import type { Signer } from "../protocol/signature.ts";
import { encode } from "../protocol/wire.ts";
import type { Outbox } from "./outbox.ts";
import type { Parent } from "./parents.ts";
import { readSocket } from "./read-socket.ts";
import type { ErrorContent } from "./replies.ts";

export interface Publication {
  type: string;
  content: object;
  parent?: Parent | undefined;
  metadata?: { [key: string]: unknown } | undefined;
  buffers?: readonly Uint8Array[] | undefined;
  /** What subscribers may filter by. Default: `kernel.<session>.<type>`. */
  topic?: string | undefined;
}

const SUBSCRIBE = 1;
/** From so many messages on, that ZeroMQ has not taken, nothing more should be published for the time being. */
const MOST_WAITING = 64;

export class Iopub {
  /** What the session works on: clients show the status that came last, so the end of anything else is not the last word. */
  running: Parent | undefined;
  readonly #socket: XPublisher;
  readonly #outbox: Outbox;
  readonly #signer: Signer;
  readonly #headers: HeaderFactory;
  readonly #log: Log;

  constructor(socket: XPublisher, outbox: Outbox, signer: Signer, headers: HeaderFactory, log: Log) {
    this.#socket = socket;
    this.#outbox = outbox;
    this.#signer = signer;
    this.#headers = headers;
    this.#log = log;
  }

  /** Throws if the content is not JSON. */
  publish(publication: Publication): void {
    const { type, content, parent, metadata, buffers } = publication;
    this.#send([publication.topic ?? `kernel.${this.#headers.session}.${type}`], {
      type,
      content,
      parentHeader: parent?.headerFrame,
      metadata,
      buffers,
    });
  }

  /** While too much waits to be sent: resolves when it is. */
  get backlog(): Promise<void> | undefined {
    return this.#outbox.waiting > MOST_WAITING ? this.#outbox.flushed() : undefined;
  }

  /** Shows text; without a parent, no cell is known that it belongs to. */
  stream(name: StreamName, text: string, parent: Parent | undefined): void {
    this.publish({ type: "stream", content: { name, text }, parent, topic: `stream.${name}` });
  }

  /** Shows an error in the cell of `parent`. */
  error(parent: Parent, { ename, evalue, traceback }: ErrorContent): void {
    this.publish({ type: "error", content: { ename, evalue, traceback }, parent });
  }

  busy(parent: Parent): void {
    this.#status("busy", parent);
  }

  /** All has been said of a request; the kernel is busy again where the session goes on working for another one. */
  idle(parent: Parent): void {
    this.#status("idle", parent);
    if (this.running && this.running !== parent) this.busy(this.running);
  }

  /**
   * Welcomes subscribers until the socket is closed. The first one is told after its welcome that the kernel is starting: said
   * earlier, it could come before the welcome, which is to be first.
   */
  welcome(): Promise<void> {
    let isFirst = true;
    return readSocket(
      this.#socket,
      ([frame]) => {
        if (frame?.[0] !== SUBSCRIBE) return;
        const subscription = frame.toString("utf8", 1);
        // The topic is the subscription itself, so that the message passes the subscriber's own filter.
        const topic = subscription === "" ? [] : [subscription];
        this.#send(topic, { type: "iopub_welcome", content: { subscription } });
        if (isFirst) this.#status("starting");
        isFirst = false;
      },
      this.#log,
    );
  }

  #status(state: "starting" | "busy" | "idle", parent?: Parent): void {
    this.publish({ type: "status", content: { execution_state: state }, parent });
  }

  #send(
    identities: string[],
    message: {
      type: string;
      content: object;
      parentHeader?: Buffer | undefined;
      metadata?: { [key: string]: unknown } | undefined;
      buffers?: readonly Uint8Array[] | undefined;
    },
  ): void {
    const header = this.#headers.create(message.type);
    this.#outbox.push(encode({ ...message, identities, header }, this.#signer));
  }
}
