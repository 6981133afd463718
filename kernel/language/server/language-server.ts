// The language server as its users see it: it starts when it is first needed, starts again after a crash or a hang, and
// holds the documents that are open whichever process serves them.

import { findServer, type ServerOptions, type ServerProcess, startServer } from "./server-process.ts";

export interface LanguageServerOptions extends Pick<ServerOptions, "directory" | "configName"> {
  /** The server in place of the one of the `typescript` package. */
  executable?: string | undefined;
  /** Called once, the first time that the server cannot be had. */
  onTrouble: (reason: string) => void;
}

/** A request that takes longer, in seconds, will not be answered any more: the server hangs, and is not merely slow. */
const HANG = 30;
/** How long to wait before the first restart, in milliseconds; twice as long before each next one that fails at once. */
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 60_000;
/** A server that has lived so long, in milliseconds, did not fail at once. */
const LONG_LIFE = 30_000;

export class LanguageServer {
  readonly #options: LanguageServerOptions;
  readonly #documents = new Map<string, { text: string; languageId: string; version: number }>();
  #starting: Promise<ServerProcess> | undefined;
  #process: ServerProcess | undefined;
  /** The process that has answered a request. */
  #answering: ServerProcess | undefined;
  #pause = FIRST_PAUSE;
  #restAt = 0;
  #troubled = false;
  #closed = false;

  constructor(options: LanguageServerOptions) {
    this.#options = options;
  }

  /** Whether a request would be answered without waiting for a process to start and to read its libraries. */
  get ready(): boolean {
    return this.#answering === this.#process && this.#process !== undefined;
  }

  /** Starts the server if it does not run. Rejects if it cannot start, or has failed a moment ago. */
  start(): Promise<ServerProcess> {
    if (this.#closed) return Promise.reject(new Error("the language server is closed"));
    if (!this.#starting && performance.now() < this.#restAt)
      return Promise.reject(new Error("the language server rests after a failure"));
    this.#starting ??= this.#start();
    return this.#starting;
  }

  /** Opens a document, or gives an open one another text. A server that starts later is told then. */
  open(uri: string, text: string, languageId = uri.endsWith(".tsx") ? "typescriptreact" : "typescript"): void {
    const known = this.#documents.get(uri);
    const document = { text, languageId, version: (known?.version ?? 0) + 1 };
    this.#documents.set(uri, document);
    if (!this.#process) return;
    const { version } = document;
    if (!known) this.#process.notify("textDocument/didOpen", { textDocument: { uri, ...document } });
    else if (known.text !== text)
      this.#process.notify("textDocument/didChange", {
        textDocument: { uri, version },
        contentChanges: [{ text }],
      });
  }

  close(uri: string): void {
    if (this.#documents.delete(uri)) this.#process?.notify("textDocument/didClose", { textDocument: { uri } });
  }

  /** Tells a server that runs of something; another one finds out by itself. */
  notify(method: string, params: object): void {
    this.#process?.notify(method, params);
  }

  /** Asks, starting the server if need be. Rejects if there is no answer. */
  async request(method: string, params: object): Promise<unknown> {
    const server = this.#process ?? (await this.start());
    const answered = afterSeconds(HANG, () => server.kill());
    try {
      const answer = await server.request(method, params);
      this.#answering = server;
      return answer;
    } finally {
      answered();
    }
  }

  /** Ends the server for good. */
  dispose(): void {
    this.#closed = true;
    this.#process?.kill();
    this.#process = undefined; // nothing is told to it any more
    this.#starting?.then((server) => server.kill()).catch(() => {});
  }

  async #start(): Promise<ServerProcess> {
    const born = performance.now();
    try {
      const { directory, configName } = this.#options;
      const executable = this.#options.executable ?? (await findServer());
      const server = await within(HANG, startServer({ executable, directory, configName }));
      for (const [uri, document] of this.#documents)
        server.notify("textDocument/didOpen", { textDocument: { uri, ...document } });
      this.#process = server;
      void server.ended.then((reason) => this.#failed(reason, performance.now() - born));
      return server;
    } catch (error) {
      this.#failed(error instanceof Error ? error.message : String(error), 0);
      throw error;
    }
  }

  #failed(reason: string, life: number): void {
    this.#process = undefined;
    this.#starting = undefined;
    if (this.#closed) return;
    if (life > LONG_LIFE) this.#pause = FIRST_PAUSE;
    this.#restAt = performance.now() + this.#pause;
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
    if (this.#troubled) return;
    this.#troubled = true;
    this.#options.onTrouble(reason);
  }
}

async function within<T>(seconds: number, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const done = afterSeconds(seconds, () => reject(new Error(`no answer within ${seconds} s`)));
  try {
    return await Promise.race([work, promise]);
  } finally {
    done();
  }
}

/** Seconds in which this process came to run, one by one: where it was suspended or starved, so was the server. */
function afterSeconds(seconds: number, action: () => void): () => void {
  let left = seconds;
  const timer = setInterval(() => {
    if (--left === 0) action();
  }, 1_000);
  return () => clearInterval(timer);
}
