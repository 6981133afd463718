// The client's ends of a kernel's sockets: requests out, replies to who asked, published messages to the listener.

import { randomUUID } from "node:crypto";
import { Dealer, Subscriber } from "zeromq";
import * as z from "zod/mini";
import { type Connection, endpoint } from "../../kernel/protocol/connection-file.ts";
import { PROTOCOL_VERSION } from "../../kernel/protocol/header.ts";
import { DigestHistory } from "../../kernel/protocol/replay.ts";
import { createSigner, type Signer } from "../../kernel/protocol/signature.ts";
import { decode, encode, type IncomingMessage } from "../../kernel/protocol/wire.ts";

export interface Reply {
  type: string;
  content: { [key: string]: unknown };
  metadata: { [key: string]: unknown };
  date: string | undefined;
}

export interface PublishedMessage extends Reply {
  /** The `msg_id` of the request that this message belongs to; empty if it belongs to none. */
  parentId: string;
}

export interface Sent {
  id: string;
  reply: Promise<Reply>;
}

interface Message {
  id: string;
  type: string;
  content: object;
  metadata: { [key: string]: unknown };
}

/** ZeroMQ's own interval of 100 ms would be most of the time that a kernel takes to start. */
const RECONNECT_MS = 10;

export class Channels {
  /** Called for every message of the iopub channel, in order. */
  onPublished: (message: PublishedMessage) => void = () => {};
  readonly #signer: Signer;
  readonly #seen = new DigestHistory();
  readonly #session = randomUUID();
  readonly #shell = new Dealer({ linger: 0, reconnectInterval: RECONNECT_MS, sendHighWaterMark: 0 });
  readonly #control = new Dealer({ linger: 0, reconnectInterval: RECONNECT_MS });
  readonly #iopub = new Subscriber({ linger: 0, reconnectInterval: RECONNECT_MS, receiveHighWaterMark: 0 });
  readonly #waiting = new Map<string, { resolve: (reply: Reply) => void; reject: (error: Error) => void }>();

  /** Settles with the reason when the channels are closed. */
  readonly closed: Promise<Error>;
  #closed: Error | undefined;
  #tellClosed: (reason: Error) => void;

  constructor(connection: Connection) {
    const { promise, resolve } = Promise.withResolvers<Error>();
    this.closed = promise;
    this.#tellClosed = resolve;
    this.#signer = createSigner(connection.key);
    this.#shell.connect(endpoint(connection, "shell"));
    this.#control.connect(endpoint(connection, "control"));
    this.#iopub.connect(endpoint(connection, "iopub"));
    this.#iopub.subscribe();
    void this.#listen(this.#shell, (message) => this.#settle(message));
    void this.#listen(this.#control, (message) => this.#settle(message));
    void this.#listen(this.#iopub, (message) => this.onPublished(message));
  }

  /** Sends a request. Its reply rejects if the channels are closed before it comes. */
  request(channel: "shell" | "control", type: string, content: object, metadata = {}): Sent {
    const id = randomUUID();
    const { promise, resolve, reject } = Promise.withResolvers<Reply>();
    this.#waiting.set(id, { resolve, reject });
    this.#send(channel, { id, type, content, metadata }).catch(reject);
    return { id, reply: promise };
  }

  /** Sends what has no reply. Rejects if it cannot be sent. */
  async tell(type: string, content: object): Promise<void> {
    await this.#send("shell", { id: randomUUID(), type, content, metadata: {} });
  }

  close(reason: Error): void {
    if (this.#closed) return;
    this.#closed = reason;
    this.#tellClosed(reason);
    for (const socket of [this.#shell, this.#control, this.#iopub]) socket.close();
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
  }

  async #send(channel: "shell" | "control", message: Message): Promise<void> {
    if (this.#closed) throw this.#closed;
    const { id, type, content, metadata } = message;
    const header = JSON.stringify({
      msg_id: id,
      msg_type: type,
      session: this.#session,
      username: "loopbook",
      date: new Date().toISOString(),
      version: PROTOCOL_VERSION,
    });
    const socket = channel === "shell" ? this.#shell : this.#control;
    await socket.send(encode({ identities: [], header, content, metadata }, this.#signer));
  }

  async #listen(socket: Dealer | Subscriber, receive: (message: PublishedMessage) => void): Promise<void> {
    for await (const frames of socket) {
      const decoded = decode(frames, this.#signer, this.#seen);
      if (decoded.ok) receive(asPublished(decoded.message, frames));
    }
  }

  #settle({ parentId, ...reply }: PublishedMessage): void {
    this.#waiting.get(parentId)?.resolve(reply);
    this.#waiting.delete(parentId);
  }
}

const parentSchema = z.object({ msg_id: z._default(z.string(), "") });

function asPublished(message: IncomingMessage, frames: readonly Buffer[]): PublishedMessage {
  const { header, content, metadata, identities } = message;
  // After the identities: delimiter, signature, header, parent header. The kernel, for which `decode` is made, has no use for it.
  const parent = parentSchema.safeParse(JSON.parse(String(frames[identities.length + 3])));
  return {
    parentId: parent.success ? parent.data.msg_id : "",
    type: header.msg_type,
    content,
    metadata,
    date: typeof header.date === "string" ? header.date : undefined,
  };
}
