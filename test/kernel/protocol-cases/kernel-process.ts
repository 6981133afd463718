// The kernel as it is installed: a process of its own, known by what it says on its sockets.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { kernelSpec } from "../../../cli/install/kernelspec.js";
import { until } from "../../until.ts";
import { Client, type Received, writeConnection } from "../io/client.ts";

export interface Ran {
  id: string;
  reply: Received["content"];
  /** What was published for the cell, from its busy to its idle. */
  published: Received[];
}

export interface Completed {
  matches: string[];
  /** `cursor_start` and `cursor_end`. */
  range: unknown[];
}

const asStrings = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** Where `|` stands, as the protocol counts. */
const cursorOf = (marked: string): number => [...marked.slice(0, marked.indexOf("|"))].length;

export class KernelUnderTest implements AsyncDisposable {
  readonly client: Client;
  /** Its working folder, as a notebook's would be. */
  readonly folder: string;
  readonly exited: Promise<unknown[]>;
  readonly #child: ChildProcess;

  private constructor(client: Client, child: ChildProcess, folder: string) {
    this.client = client;
    this.folder = folder;
    this.#child = child;
    this.exited = once(child, "exit");
  }

  /** Starts a kernel in an empty folder, and waits until it answers. */
  static async start(env: NodeJS.ProcessEnv = {}): Promise<KernelUnderTest> {
    const { path, connection, folder: own } = writeConnection();
    const folder = join(own, "notebook");
    mkdirSync(folder);
    const [engine = process.execPath, ...words] = kernelSpec().argv;
    const child = spawn(
      engine,
      words.map((word) => word.replace("{connection_file}", path)),
      { cwd: folder, env: { ...process.env, JUPYTER_DATA_DIR: own, ...env }, stdio: ["ignore", "inherit", "inherit"] },
    );
    const client = new Client(connection);
    await client.ready();
    return new KernelUnderTest(client, child, folder);
  }

  /** Runs a cell to its idle. */
  async run(code: string, options: object = {}): Promise<Ran> {
    return this.#end(this.client.send("execute_request", { code, ...options }));
  }

  async #end(id: string): Promise<Ran> {
    const published = await this.client.published(id);
    for (;;) {
      const { parent, content: reply } = await this.client.receive();
      if (parent === id) return { id, reply, published };
    }
  }

  /** Runs a cell, and returns the text of its result. */
  async value(code: string): Promise<string | undefined> {
    const { published } = await this.run(code);
    const data = published.find(({ type }) => type === "execute_result")?.content.data;
    return typeof data === "object" && data !== null && "text/plain" in data ? String(data["text/plain"]) : undefined;
  }

  /** Starts a cell that prints something, and resolves when it has. The promise within is the whole run. */
  async runUntilPrinted(code: string, options: object = {}): Promise<{ ran: Promise<Ran> }> {
    const id = this.client.send("execute_request", { code, ...options });
    await until(() => this.client.iopub.some(({ type, parent }) => type === "stream" && parent === id));
    return { ran: this.#end(id) };
  }

  /** Completes where `|` stands. */
  async complete(marked: string): Promise<Completed> {
    const question = { code: marked.replace("|", ""), cursor_pos: cursorOf(marked) };
    const { content } = await this.client.ask("complete_request", question);
    return { matches: asStrings(content.matches), range: [content.cursor_start, content.cursor_end] };
  }

  /** What is told as plain text of the place where `|` stands; undefined if nothing is. */
  async inspect(marked: string): Promise<unknown> {
    const question = { code: marked.replace("|", ""), cursor_pos: cursorOf(marked), detail_level: 0 };
    const { content } = await this.client.ask("inspect_request", question);
    const { data } = content;
    return content.found && typeof data === "object" && data !== null && "text/plain" in data
      ? data["text/plain"]
      : undefined;
  }

  /** Sends the kernel's process a signal. */
  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.client.close();
    this.#child.kill("SIGKILL");
    await this.exited;
  }
}
