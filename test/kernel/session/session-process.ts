// Runs cells in a session of its own process and collects what they show.

import { type ChildProcess, fork } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import type { ExecuteReply, ExecuteRequest, SessionEvent, SessionRequest } from "../../../kernel/channel/messages.ts";
import { until } from "../../until.ts";

type ChildMessage = SessionEvent | { type: "text"; parent: number; name: string; text: string };

export interface CellRun {
  reply: ExecuteReply;
  /** Streams, results, displays and errors as plain text, in order. */
  text: string;
  /** What it has written to the standard output, as it was written. */
  stdout: string;
  /** The last value shown as the result, as text. */
  result: string | undefined;
  /** The contents of all messages published for it, in order. */
  shown: { [key: string]: unknown }[];
}

export class SessionProcess {
  readonly directory = mkdtempSync(join(tmpdir(), "loopbook-session-"));
  /** Cells that the session has said can print nothing any more. */
  readonly forgotten = new Set<number>();
  readonly #child: ChildProcess;
  readonly #texts = new Map<number, string>();
  readonly #stdout = new Map<number, string>();
  readonly #results = new Map<number, string>();
  readonly #published: Extract<SessionEvent, { type: "publish" }>[] = [];
  readonly #waiting = new Map<number, PromiseWithResolvers<ExecuteReply>>();
  readonly #prompts: string[] = [];
  readonly #comms = new Map<string, (data: unknown) => void>();
  #last = 0;

  /** `files` lie beside the notebook when the session starts. */
  constructor(files: { [name: string]: string } = {}) {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(this.directory, name), text);
    this.#child = fork(fileURLToPath(new URL("session-child.ts", import.meta.url)), {
      cwd: this.directory,
      execArgv: ["--no-force-async-hooks-checks"],
      serialization: "advanced",
    });
    this.#child.on("message", (message: ChildMessage) => this.#receive(message));
    this.#child.on("exit", (code) => {
      for (const { promise, reject } of this.#waiting.values()) {
        promise.catch(() => {});
        reject(new Error(`the session ended with exit code ${code}`));
      }
    });
  }

  /** Executes a cell, to its reply. */
  async run(code: string, options: Partial<ExecuteRequest> = {}): Promise<CellRun> {
    const { parent, reply } = this.start(code, options);
    const content = await reply;
    return {
      reply: content,
      text: this.textOf(parent),
      stdout: this.#stdout.get(parent) ?? "",
      result: this.#results.get(parent),
      shown: this.#shownOf(parent),
    };
  }

  /** Starts a cell. */
  start(code: string, options: Partial<ExecuteRequest> = {}): { parent: number; reply: Promise<ExecuteReply> } {
    const parent = ++this.#last;
    const waiting = Promise.withResolvers<ExecuteReply>();
    this.#waiting.set(parent, waiting);
    this.send({
      type: "execute",
      parent,
      code,
      silent: false,
      storeHistory: true,
      userExpressions: {},
      allowStdin: false,
      notebook: undefined,
      ...options,
    });
    return { parent, reply: waiting.promise };
  }

  /** Opens a comm, and resolves with what the session closes it with. */
  comm(target_name: string, data: { [key: string]: unknown }): Promise<unknown> {
    const comm_id = `comm ${++this.#last}`;
    const { promise, resolve } = Promise.withResolvers<unknown>();
    this.#comms.set(comm_id, resolve);
    const content = { comm_id, target_name, data };
    this.send({ type: "comm_open", parent: this.#last, content, metadata: {}, buffers: [] });
    return promise;
  }

  send(request: SessionRequest): void {
    this.#child.send(request);
  }

  /** What a cell has shown so far, without colours. */
  textOf(parent: number): string {
    return stripVTControlCharacters(this.#texts.get(parent) ?? "");
  }

  /** Waits until a cell has shown `expected`. */
  async shows(parent: number, expected: string): Promise<void> {
    await until(() => this.textOf(parent).includes(expected));
  }

  /** Answers the next questions. Returns the prompts so far. */
  answerWith(answer: string): readonly string[] {
    this.#child.send({ type: "answer", answer });
    return this.#prompts;
  }

  get exitCode(): Promise<number | null> {
    return new Promise((resolve) => this.#child.once("exit", resolve));
  }

  [Symbol.dispose](): void {
    this.#child.kill("SIGKILL");
    rmSync(this.directory, { recursive: true, force: true });
  }

  #receive(message: ChildMessage): void {
    switch (message.type) {
      case "text":
        this.#add(message.parent, message.text);
        if (message.name === "stdout")
          this.#stdout.set(message.parent, (this.#stdout.get(message.parent) ?? "") + message.text);
        break;
      case "publish":
        if (message.messageType !== "execute_input") this.#published.push(message);
        if (message.messageType === "comm_close")
          this.#comms.get(String(message.content.comm_id))?.(message.content.data);
        else this.#add(message.parent, this.#shown(message));
        break;
      case "reply":
        this.#waiting.get(message.parent)?.resolve(message.content);
        break;
      case "forget":
        this.forgotten.add(message.parent);
        break;
      case "input_request":
        this.#prompts.push(message.prompt);
        break;
    }
  }

  #shownOf(parent: number): { [key: string]: unknown }[] {
    return this.#published.filter((message) => message.parent === parent).map(({ content }) => content);
  }

  #shown({ parent, messageType, content }: Extract<SessionEvent, { type: "publish" }>): string {
    const { data, traceback } = content as { data?: { "text/plain"?: string }; traceback?: string[] };
    if (messageType === "clear_output") return `<clear_output${content.wait ? " wait" : ""}>`;
    const text = data?.["text/plain"] ?? "";
    if (messageType === "execute_result") this.#results.set(parent, text);
    return messageType === "error" ? `${traceback?.join("\n")}\n` : text;
  }

  #add(parent: number, text: string): void {
    this.#texts.set(parent, (this.#texts.get(parent) ?? "") + text);
  }
}
