// A Jupyter client over real sockets, and the connection file that it shares with the kernel.

import { randomUUID } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Dealer, Request as Req, Subscriber } from "zeromq";
import {
  type Channel,
  type Connection,
  endpoint,
  parseConnectionFile,
} from "../../../kernel/protocol/connection-file.ts";
import { HeaderFactory } from "../../../kernel/protocol/header.ts";
import { DigestHistory } from "../../../kernel/protocol/replay.ts";
import { createSigner } from "../../../kernel/protocol/signature.ts";
import { decode, encode } from "../../../kernel/protocol/wire.ts";

export interface Received {
  id: string;
  type: string;
  content: { [key: string]: unknown };
  /** The id of the request that this answers. */
  parent: string | undefined;
  metadata: { [key: string]: unknown };
  buffers: Buffer[];
}

/** Writes a connection file over ipc, so that tests need no free ports. */
export function writeConnection(): { path: string; connection: Connection; folder: string } {
  const folder = mkdtempSync(join(tmpdir(), "lb-"));
  const path = join(folder, "connection.json");
  const text = JSON.stringify({
    transport: "ipc",
    ip: join(folder, "s"),
    shell_port: 1,
    control_port: 2,
    stdin_port: 3,
    iopub_port: 4,
    hb_port: 5,
    key: "test-key",
    signature_scheme: "hmac-sha256",
  });
  writeFileSync(path, text);
  return { path, connection: parseConnectionFile(text), folder };
}

interface Extra {
  buffers?: Uint8Array[];
  metadata?: { [key: string]: unknown };
  /** The id of the message that this one answers. */
  parent?: string;
}

export class Client {
  readonly #sockets = { shell: new Dealer(), control: new Dealer(), stdin: new Dealer(), iopub: new Subscriber() };
  readonly #headers = new HeaderFactory(randomUUID());
  readonly #signer;
  readonly #connection: Connection;
  /** Everything that came on iopub and was not asked for yet. */
  readonly iopub: Received[] = [];
  #waiting: (() => void) | undefined;

  constructor(connection: Connection, { subscription = "", stdinDelay = 0 } = {}) {
    this.#connection = connection;
    this.#signer = createSigner(connection.key);
    const identity = randomUUID();
    for (const channel of ["shell", "control", "stdin", "iopub"] as const) {
      const socket = this.#sockets[channel];
      socket.linger = 0;
      if (socket instanceof Dealer) socket.routingId = identity;
      else {
        socket.receiveHighWaterMark = 0;
        socket.subscribe(subscription);
      }
      if (channel !== "stdin" || stdinDelay === 0) socket.connect(endpoint(connection, channel));
      else setTimeout(() => socket.connect(endpoint(connection, channel)), stdinDelay);
    }
    void this.#listen();
  }

  /** Sends a request; returns its id. */
  send(
    type: string,
    content: object = {},
    channel: Exclude<Channel, "hb" | "iopub"> = "shell",
    extra: Extra = {},
  ): string {
    const header = this.#headers.create(type);
    this.sendFrames(this.frames(header, content, extra), channel);
    return JSON.parse(header).msg_id;
  }

  frames(header: string, content: object, extra: Extra = {}) {
    const { parent, ...rest } = extra;
    const parentHeader = parent === undefined ? undefined : JSON.stringify({ msg_id: parent });
    return encode({ identities: [], header, parentHeader, content, ...rest }, this.#signer);
  }

  /** Any four frames of JSON, signed with the right key. */
  signedFrames(...json: string[]): string[] {
    return ["<IDS|MSG>", this.#signer.sign(json), ...json];
  }

  header(type: string): string {
    return this.#headers.create(type);
  }

  sendFrames(frames: (Uint8Array | string)[], channel: "shell" | "control" | "stdin" = "shell"): void {
    this.#sending[channel] = this.#sending[channel].then(() => this.#sockets[channel].send(frames));
  }
  readonly #sending = { shell: Promise.resolve(), control: Promise.resolve(), stdin: Promise.resolve() };

  async receive(channel: "shell" | "control" | "stdin" = "shell"): Promise<Received> {
    return this.#read(await this.#sockets[channel].receive());
  }

  /** Sends a request and waits for its reply. */
  async ask(type: string, content: object = {}, channel: "shell" | "control" = "shell"): Promise<Received> {
    const id = this.send(type, content, channel);
    for (;;) {
      const reply = await this.receive(channel);
      if (reply.parent === id) return reply;
    }
  }

  /** The next message on iopub. */
  async nextPublished(): Promise<Received> {
    for (;;) {
      const message = this.iopub.shift();
      if (message) return message;
      await new Promise<void>((resolve) => {
        this.#waiting = resolve;
      });
    }
  }

  /** Everything published for a request, up to and with its idle. */
  async published(id: string): Promise<Received[]> {
    const messages: Received[] = [];
    for (;;) {
      const message = await this.nextPublished();
      if (message.parent === id) messages.push(message);
      if (message.parent === id && message.content.execution_state === "idle") return messages;
    }
  }

  /** Waits until the kernel answers and iopub is connected. */
  async ready(): Promise<void> {
    while ((await this.nextPublished()).type !== "iopub_welcome");
    const id = this.send("kernel_info_request");
    await this.receive();
    await this.published(id);
  }

  async ping(payload: string): Promise<string> {
    const socket = new Req({ linger: 0 });
    socket.connect(endpoint(this.#connection, "hb"));
    await socket.send(payload);
    const [pong] = await socket.receive();
    socket.close();
    return String(pong);
  }

  close(): void {
    for (const socket of Object.values(this.#sockets)) socket.close();
  }

  async #listen(): Promise<void> {
    for await (const frames of this.#sockets.iopub) {
      this.iopub.push(this.#read(frames));
      this.#waiting?.();
    }
  }

  #read(frames: Buffer[]): Received {
    const decoded = decode(frames, this.#signer, new DigestHistory());
    if (!decoded.ok) throw new Error(decoded.reason);
    const { header, content, metadata, buffers } = decoded.message;
    const delimiter = frames.findIndex((frame) => frame.toString() === "<IDS|MSG>");
    const parent = JSON.parse(String(frames[delimiter + 3])).msg_id;
    return { id: header.msg_id, type: header.msg_type, content, parent, metadata, buffers };
  }
}

/** A message in short: its type, and what tells it apart. */
export const brief = ({ type, content }: Received): string =>
  type === "status" ? String(content.execution_state) : type === "stream" ? `${type} ${content.text}` : type;
