// The IO part with a session that does what a test says, in one thread.

import { join } from "node:path";
import { MessageChannel, receiveMessageOnPort } from "node:worker_threads";
import type {
  ExecuteReply,
  ExecuteRequest,
  InputReply,
  SessionEvent,
  SessionRequest,
} from "../../../kernel/channel/messages.ts";
import { createSignals, Signal } from "../../../kernel/channel/signals.ts";
import { createRingMemory, StreamRingWriter } from "../../../kernel/channel/stream-ring.ts";
import { startIo } from "../../../kernel/io/start.ts";
import { until } from "../../until.ts";
import { Client, writeConnection } from "./client.ts";

type WithoutPosition<T> = T extends unknown ? Omit<T, "ringPosition"> : never;

export class FakeKernel {
  readonly signals = createSignals();
  readonly requests: SessionRequest[] = [];
  readonly connection;
  readonly client;
  /** What the session does with a cell. */
  onExecute: (request: ExecuteRequest) => void = (request) => this.ok(request.parent);
  onRequest: (request: SessionRequest) => void = () => {};
  readonly #ring = createRingMemory();
  readonly #requests = new MessageChannel();
  readonly #inputs = new MessageChannel();
  readonly #writer = new StreamRingWriter(this.#ring, () => this.#requests.port1.postMessage({ type: "stream" }));
  readonly #connectionFile;
  readonly #folder;
  #count = 0;

  constructor() {
    const { path, connection, folder } = writeConnection();
    this.#connectionFile = path;
    this.#folder = folder;
    this.connection = connection;
    this.client = new Client(connection);
    this.#requests.port1.on("message", (request: SessionRequest) => {
      this.requests.push(request);
      this.onRequest(request);
      if (request.type === "execute") this.onExecute(request);
    });
  }

  async start(): Promise<void> {
    process.env.LOOPBOOK_LOG = "off";
    const data = {
      connectionFile: this.#connectionFile,
      port: this.#requests.port2,
      inputPort: this.#inputs.port2,
      signals: this.signals,
      ring: this.#ring,
    };
    await startIo(data, {
      historyPath: join(this.#folder, "history.jsonl"),
      warmUp: false,
      kill: () => {},
      endChildren: async () => {},
    });
    await this.client.ready();
  }

  event(event: WithoutPosition<SessionEvent>): void {
    this.#requests.port1.postMessage({ ...event, ringPosition: this.#writer.written });
  }

  print(parent: number, text: string): void {
    this.#writer.write(parent, "stdout", text);
  }

  ok(parent: number): void {
    const content: ExecuteReply = { status: "ok", execution_count: ++this.#count, user_expressions: {}, payload: [] };
    this.event({ type: "reply", parent, content, seconds: 0 });
  }

  fail(parent: number, ename = "E", evalue = "v"): void {
    const content: ExecuteReply = {
      status: "error",
      execution_count: ++this.#count,
      ename,
      evalue,
      traceback: [],
    };
    this.event({ type: "reply", parent, content, seconds: 0 });
  }

  input(): InputReply | undefined {
    return receiveMessageOnPort(this.#inputs.port1)?.message;
  }

  async stop(): Promise<void> {
    this.event({ type: "exit", code: 0 });
    await until(() => Atomics.load(this.signals, Signal.exit) === 1);
    this.client.close();
    this.#requests.port1.close();
    this.#inputs.port1.close();
  }
}
