// Runs the cells of one notebook in a kernel of its own, and gathers what they show.

import { dirname } from "node:path";
import * as z from "zod/mini";
import type { TypesMode } from "../../kernel/types/types-mode.ts";
import { KernelClient } from "../client/kernel-client.ts";
import type { Environment } from "../client/kernel-process.ts";
import { type Published, readPublished } from "../client/published.ts";
import { DEFAULT_DISPLAY_NAME, DEFAULT_NAME } from "../install/kernelspec.js";
import type { CodeCell, Notebook } from "../notebook/format.ts";
import { Outputs } from "../notebook/outputs.ts";
import { type CellSeconds, CellTimes } from "./check/cell-times.ts";
import type { ClockName } from "./check/stated-time.ts";
import { type CellFailure, type FailureCause, Failures, hasTag } from "./failures.ts";
import { type Leftover, settled, waitForLeftover } from "./leftover.ts";
import { outcome } from "./outcome.ts";
import type { TakeTurn } from "./pool.ts";

export interface RunOptions {
  /** The notebook's file. Its cells work in its folder. */
  path: string;
  /** The clock of the notebook's loop; undefined leaves it to the environment, which is real time if it says nothing. */
  clock?: ClockName | undefined;
  /** What becomes of type errors; undefined leaves it to the environment and the notebook. If they say nothing: `off`. */
  types?: TypesMode | undefined;
  /** Seconds for each cell; undefined is without limit. */
  timeout: number | undefined;
  allowErrors: boolean;
  /** Packages that cells name may be installed. Default: true. */
  mayInstall?: boolean | undefined;
  watcher: RunWatcher;
  /** When the kernel may start, and the first cell run. */
  turn: TakeTurn;
  /** Ends the run and its kernel. */
  signal?: AbortSignal | undefined;
}

/** Who is told while a notebook runs. Cells are named by their place among the code cells, from 1 on. */
export interface RunWatcher {
  /** Before a cell runs. */
  cell(number: number, cell: CodeCell): void;
  /** A cell has shown something; it may have ended long ago. */
  output(number: number, message: Published): void;
  /** After a cell has run, with its time in seconds. */
  cellDone(number: number, seconds: number, failure: CellFailure | undefined): void;
  /** A cell that had ended well has failed after all: a timer of it did, or a promise that nobody watched. */
  cellFailed(failure: CellFailure): void;
  /** All cells have run; what they have left running is waited for. */
  waiting(): void;
}

export interface NotebookRun {
  /** The failure that the run stopped at. */
  failure: CellFailure | undefined;
  /** All failures, allowed ones too. */
  failures: CellFailure[];
  seconds: CellSeconds;
  leftover: Leftover | undefined;
}

/**
 * Runs the notebook and writes outputs, counts and times into it.
 *
 * Stops after the first cell that fails, unless errors are allowed. Jupyter's tags `raises-exception` and `skip-execution` are
 * respected. What cells have left running at the end is waited for. Throws if the kernel does not start.
 */
export async function runNotebook(notebook: Notebook, options: RunOptions): Promise<NotebookRun> {
  const settings = { env: environment(notebook, options), mayInstall: options.mayInstall };
  const client = await options.turn(() => KernelClient.start(dirname(options.path), settings));
  const kill = () => client.kill();
  options.signal?.addEventListener("abort", kill);
  try {
    options.signal?.throwIfAborted();
    notebook.metadata.kernelspec ??= {
      name: DEFAULT_NAME,
      display_name: DEFAULT_DISPLAY_NAME,
      language: "typescript",
    };
    notebook.metadata.language_info = client.info.language_info;
    return await new CellRun(client, options).all(codeCells(notebook));
  } finally {
    // What still runs in the background ends here; what it prints until then is kept.
    await client.shutdown();
    options.signal?.removeEventListener("abort", kill);
  }
}

/**
 * The type checker costs a second of processor time a kernel, and whether a warning comes before a cell's end is chance:
 * who runs a notebook headless asks for it.
 */
function environment(notebook: Notebook, { path, clock, types }: RunOptions): Environment {
  const isSaid = process.env.LOOPBOOK_TYPES || saysTypes.safeParse(notebook.metadata).success;
  const mode = types ?? (isSaid ? undefined : "off");
  // As Jupyter's server tells a kernel which notebook it is for.
  return { JPY_SESSION_NAME: path, ...(clock && { LOOPBOOK_CLOCK: clock }), ...(mode && { LOOPBOOK_TYPES: mode }) };
}

/** What it says is the kernel's business, which reads it there. */
const saysTypes = z.object({ loopbook: z.object({ types: z.string() }) });

/** The cells that will run: code, not empty, not tagged to be skipped. */
export function codeCells(notebook: Notebook): CodeCell[] {
  return notebook.cells.filter(
    (cell): cell is CodeCell =>
      cell.cell_type === "code" && cell.source.trim() !== "" && !hasTag(cell, "skip-execution"),
  );
}

/** One run of the cells of a notebook. */
class CellRun {
  readonly #client: KernelClient;
  readonly #options: RunOptions;
  readonly #outputs = new Outputs();
  readonly #times = new CellTimes();
  readonly #failures: Failures;
  /** The numbers of cells by their requests. */
  readonly #numbers = new Map<string, number>();
  /** The cells that the watcher knows to have failed. */
  readonly #told = new Set<number>();

  constructor(client: KernelClient, options: RunOptions) {
    this.#client = client;
    this.#options = options;
    this.#failures = new Failures(options.allowErrors);
    client.onPublished = (message) => {
      this.#times.published(message);
      const read = readPublished(message.type, message.content);
      if (read) this.#receive(message.parentId, read);
    };
  }

  async all(cells: readonly CodeCell[]): Promise<NotebookRun> {
    for (const [index, cell] of cells.entries()) {
      const run = () => this.#one(index + 1, cell);
      await (index === 0 ? this.#options.turn(run) : run());
      if (this.#failures.first) break;
    }
    const leftover = this.#failures.first || cells.length === 0 ? undefined : await this.#leftover(cells);
    return {
      failure: this.#failures.first,
      failures: this.#failures.all,
      seconds: this.#times.seconds,
      leftover,
    };
  }

  #receive(requestId: string, message: Published): void {
    this.#outputs.receive(requestId, message);
    if (message.type === "error") this.#failures.published(requestId, message.content);
    const number = this.#numbers.get(requestId);
    if (number !== undefined) this.#options.watcher.output(number, message);
  }

  async #one(number: number, cell: CodeCell): Promise<void> {
    const { timeout, watcher } = this.#options;
    watcher.cell(number, cell);
    const started = performance.now();
    const execution = this.#client.execute(cell.source, cell.id);
    this.#outputs.begin(execution.id, cell);
    this.#times.begin(execution.id, cell);
    this.#failures.begin(execution.id, number, cell);
    this.#numbers.set(execution.id, number);
    const cause = await outcome(this.#client, execution, timeout, (executed) =>
      this.#times.replied(execution.id, cell, executed),
    );
    const seconds = (performance.now() - started) / 1000;
    if (cause?.bearable !== false) await this.#unlessKernelEnds(number, cell, settled(this.#client));
    if (cause) this.#failures.ended(number, cell, cause);
    const failure = this.#failures.of(number);
    if (failure) this.#told.add(number);
    watcher.cellDone(number, seconds, failure);
    this.#tellLateFailures();
  }

  async #leftover(cells: readonly CodeCell[]): Promise<Leftover | undefined> {
    const { timeout, watcher } = this.#options;
    watcher.waiting();
    const last = cells.at(-1);
    const leftover = last && (await this.#unlessKernelEnds(cells.length, last, waitForLeftover(this.#client, timeout)));
    this.#tellLateFailures();
    return leftover;
  }

  /** What comes of the work; if the kernel ends meanwhile, that is a failure of the cell, unless another one did it. */
  async #unlessKernelEnds<T>(number: number, cell: CodeCell, work: Promise<T>): Promise<T | undefined> {
    try {
      return await work;
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      const cause: FailureCause = { summary: text, text, bearable: false };
      this.#failures.ended(number, cell, cause);
      return undefined;
    }
  }

  #tellLateFailures(): void {
    for (const failure of this.#failures.all) {
      if (this.#told.has(failure.number)) continue;
      this.#told.add(failure.number);
      this.#options.watcher.cellFailed(failure);
    }
  }
}
