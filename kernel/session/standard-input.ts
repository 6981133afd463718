// `process.stdin` of the user's code: each line of it is a question to the user, asked when somebody waits for a line.

import { Readable } from "node:stream";
import { type Cell, currentCell } from "./cell.ts";
import type { Input } from "./input.ts";

type Listener = (...args: never[]) => void;

/** What reads lines of the stream, and may have no use for one now: an interface of `readline`. */
export interface LineReader {
  /** The listeners by which it reads the stream. */
  listeners: ReadonlySet<unknown>;
  wantsLine(): boolean;
}

export class CellInput extends Readable {
  readonly fd = 0;
  readonly isTTY = false;
  readonly #input: Input;
  readonly #isExecuting: (cell: Cell) => boolean;
  readonly #readers = new Set<LineReader>();
  #asking = false;
  /** While a reader is being made, which listens without waiting for anything yet. */
  #making = false;

  constructor(input: Input, isExecuting: (cell: Cell) => boolean) {
    // Nothing is asked for in advance.
    super({ highWaterMark: 0 });
    this.#input = input;
    this.#isExecuting = isExecuting;
  }

  override _read(): void {
    this.expectLine();
  }

  /** Who leaves a loop over it has had enough: no error for others that read it. */
  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    callback(error?.name === "AbortError" ? null : error);
  }

  /** @throws {StdinNotAllowedError} where nobody can be asked and `listener` waits for data */
  override on(event: string | symbol, listener: Listener): this {
    if (event === "data" || event === "readable") this.#waits();
    return super.on(event, listener as () => void);
  }

  override addListener(event: string | symbol, listener: Listener): this {
    return this.on(event, listener);
  }

  override resume(): this {
    this.#waits();
    return super.resume();
  }

  /** Whether somebody has paused or ended it, and nobody reads it any more. */
  get isLeft(): boolean {
    const isUnused =
      this.readableFlowing === false && this.listenerCount("data") + this.listenerCount("readable") === 0;
    return this.destroyed || this.readableEnded || isUnused;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  /** Runs what makes a reader of this stream, and minds which of the listeners are its own. */
  reader<T>(make: () => T, wantsLine: (reader: T) => boolean): T {
    const before = new Set(this.listeners("data"));
    this.#making = true;
    try {
      const made = make();
      const listeners = new Set(this.listeners("data").filter((listener) => !before.has(listener)));
      this.#readers.add({ listeners, wantsLine: () => wantsLine(made) });
      return made;
    } finally {
      this.#making = false;
    }
  }

  /** Somebody may wait for a line: the user is asked in a moment, if so. Until that is clear, the cell has not ended. */
  expectLine(): void {
    const cell = currentCell();
    if (!cell || this.#asking || this.#making) return;
    this.#asking = true;
    const { promise: answered, resolve } = Promise.withResolvers<void>();
    cell.pending.add(answered);
    setImmediate(async () => {
      if (this.#isAwaited()) await this.#ask(cell);
      this.#asking = false;
      // A moment later, when what came of the line may wait for the next one.
      setImmediate(() => {
        cell.pending.delete(answered);
        resolve();
      });
    });
  }

  async #ask(cell: Cell): Promise<void> {
    if (!this.#isExecuting(cell)) {
      process.stderr.write(
        "process.stdin is read, but the cell has ended, and a front end asks only while one runs. " +
          'Await what is read, or ask with: await input("Name? ")\n',
      );
      return;
    }
    try {
      const line = await this.#input.askLater("process.stdin", "");
      this.#asking = false;
      this.push(`${line}\n`);
    } catch {
      // Interrupted. There is nothing more to come; who asks for `process.stdin` again gets another one.
      this.push(null);
    }
  }

  #isAwaited(): boolean {
    if (this.listenerCount("readable") > 0) return true;
    if (!this.readableFlowing) return false;
    const idle = [...this.#readers].filter((reader) => !reader.wantsLine());
    return this.listeners("data").some((listener) => !idle.some(({ listeners }) => listeners.has(listener)));
  }

  #waits(): void {
    if (this.#making) return;
    this.#input.check("process.stdin");
    this.expectLine();
  }
}

/** Makes `process.stdin` ask the user. What one cell has left paused or ended does not concern the next. */
export function installStandardInput(input: Input, isExecuting: (cell: Cell) => boolean): void {
  let stream: CellInput | undefined;
  Object.defineProperty(process, "stdin", {
    configurable: true,
    enumerable: true,
    get: () => {
      if (!stream || stream.isLeft) stream = new CellInput(input, isExecuting);
      return stream;
    },
  });
}
