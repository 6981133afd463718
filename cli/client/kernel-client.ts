// A Jupyter client for a kernel of our own: starts it, runs code in it, interrupts it, ends it.

import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { Channels, type PublishedMessage, type Reply } from "./channels.ts";
import { KernelProcess, type KernelSettings } from "./kernel-process.ts";
import {
  type ExecuteReply,
  type KernelInfo,
  type Pending,
  readCellSeconds,
  readExecuteReply,
  readKernelInfo,
  readPending,
} from "./published.ts";

/** Seconds for a kernel to answer its first request. */
const START_LIMIT = 60;
/** Seconds between two probes: until the iopub subscription has arrived, what is published is lost to us. */
const PROBE_INTERVAL = 0.1;
/** Seconds that a kernel may take to end after it was asked to. */
const SHUTDOWN_LIMIT = 10;
/** Seconds that the last outputs may come after the reply that they belong to. */
const IDLE_LIMIT = 10;
/** Seconds that a kernel's last messages may take to arrive after its process has ended. */
const LAST_WORDS = 0.2;

export interface Executed {
  reply: ExecuteReply;
  date: string | undefined;
  /** What the code took by the clock of the kernel's loop. */
  seconds: number | undefined;
}

export interface Execution {
  /** The request's id: the parent of all that it publishes. */
  id: string;
  /** Settles when the reply has come and everything that was published before it. */
  done: Promise<Executed>;
}

export class KernelClient {
  /** Called for every published message, in order. */
  onPublished: (message: PublishedMessage) => void = () => {};
  readonly info: KernelInfo;
  /** Settles when the kernel's process has ended. */
  readonly ended: Promise<Error>;
  readonly #process: KernelProcess;
  readonly #channels: Channels;
  readonly #idle = new Map<string, () => void>();
  readonly #closing = new Map<string, (pending: Pending[]) => void>();

  private constructor(process: KernelProcess, channels: Channels, info: KernelInfo) {
    this.#process = process;
    this.#channels = channels;
    this.info = info;
    this.ended = process.ended;
    channels.onPublished = (message) => this.#receive(message);
  }

  /**
   * Starts a kernel that works in the folder `cwd`, and waits until it answers.
   *
   * Throws `KernelDiedError` if it ends instead, and an error if it says nothing for a minute.
   */
  static async start(cwd: string, settings: KernelSettings = {}): Promise<KernelClient> {
    const process = await KernelProcess.start(cwd, settings);
    const channels = new Channels(process.connection);
    void process.ended.then(async (death) => {
      await delay(LAST_WORDS * 1000);
      channels.close(death);
    });
    try {
      return new KernelClient(process, channels, await firstAnswer(channels));
    } catch (error) {
      process.kill();
      throw error;
    }
  }

  execute(code: string, cellId?: string): Execution {
    const { id, reply } = this.#channels.request(
      "shell",
      "execute_request",
      { code, silent: false, store_history: true, user_expressions: {}, allow_stdin: false, stop_on_error: true },
      cellId === undefined ? {} : { cellId },
    );
    const idle = new Promise<void>((resolve) => this.#idle.set(id, resolve));
    const done = reply.then(async ({ content, metadata, date }) => {
      await Promise.race([idle, delay(IDLE_LIMIT * 1000, undefined, { ref: false })]);
      this.#idle.delete(id);
      return { reply: readExecuteReply(content), date, seconds: readCellSeconds(metadata) };
    });
    return { id, done };
  }

  /**
   * Waits until nothing is pending that cells have started, at most so many seconds by the clock of the kernel's loop, and
   * returns what still is. With 0 seconds it only lets everything arrive that the cells have shown so far. Rejects if the
   * kernel ends.
   */
  async pending(seconds: number): Promise<Pending[]> {
    const id = randomUUID();
    const { promise, resolve, reject } = Promise.withResolvers<Pending[]>();
    void this.#channels.closed.then(reject);
    this.#closing.set(id, resolve);
    try {
      await this.#channels.tell("comm_open", { comm_id: id, target_name: "loopbook.pending", data: { seconds } });
      return await promise;
    } finally {
      this.#closing.delete(id);
    }
  }

  async interrupt(): Promise<void> {
    await this.#channels.request("control", "interrupt_request", {}).reply;
  }

  /** Asks the kernel to end, and ends it by force if it does not. */
  async shutdown(): Promise<void> {
    this.#channels.request("control", "shutdown_request", { restart: false }).reply.catch(() => {
      // It ended before it answered: that is what was asked.
    });
    await this.#process.endWithin(SHUTDOWN_LIMIT);
    this.#channels.close(await this.ended);
  }

  /** Ends the kernel at once. */
  kill(): void {
    this.#process.kill();
  }

  #receive(message: PublishedMessage): void {
    this.onPublished(message);
    if (message.type === "comm_close") this.#closed(message.content);
    if (message.type === "status" && message.content.execution_state === "idle") this.#idle.get(message.parentId)?.();
  }

  #closed(content: unknown): void {
    for (const [id, resolve] of this.#closing) {
      const pending = readPending(id, content);
      if (pending) resolve(pending);
    }
  }
}

/** Asks until an answer comes and iopub is heard too. */
async function firstAnswer(channels: Channels): Promise<KernelInfo> {
  let heard = false;
  channels.onPublished = () => {
    heard = true;
  };
  let answer: Reply | undefined;
  const deadline = Date.now() + START_LIMIT * 1000;
  while (Date.now() < deadline) {
    const { reply } = channels.request("shell", "kernel_info_request", {});
    answer = answer ? await reply : await withLimit(reply, deadline - Date.now());
    if (!answer) break;
    if (heard) return readKernelInfo(answer.content);
    await delay(PROBE_INTERVAL * 1000);
    if (heard) return readKernelInfo(answer.content);
  }
  throw new Error(`The kernel did not answer within ${START_LIMIT} s.`);
}

const withLimit = (reply: Promise<Reply>, milliseconds: number): Promise<Reply | undefined> =>
  Promise.race([reply, delay(milliseconds, undefined, { ref: false })]);
