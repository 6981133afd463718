// Several notebooks of a command line: some at once, each with its progress, until they are done or the user stops them.

import { writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import type { Notebook } from "../notebook/format.ts";
import type { ClockName } from "./check/stated-time.ts";
import { always, runPool, type TakeTurn, turns } from "./pool.ts";
import { createBoard } from "./progress.ts";
import { reportJson } from "./report.ts";
import { missedTimes, type NotebookResult, statedSeconds } from "./result.ts";
import { notRun, type RunLoadedOptions, runLoaded } from "./run-loaded.ts";
import { codeCells } from "./run-notebook.ts";
import { summaryTable } from "./summary.ts";
import { tell, tellMissed } from "./tell.ts";

/** The exit code after a user has stopped the run. */
export const STOPPED = 130;

/** A kernel starts, and the first cell loads what it imports: that takes a core for a second, but some take more. */
const LONGEST_START = 3;

export interface Runnable {
  file: string;
  /** The notebook as it was saved, anew at each call. Rejects if there is none. */
  read(): Promise<Notebook>;
  /** Takes the notebook with the outputs of the run. Returns where it was written, if it was. */
  take(notebook: Notebook): Promise<string | undefined>;
}

export interface BatchOptions extends Omit<RunLoadedOptions, "clock" | "prefix" | "turn"> {
  clock?: ClockName | undefined;
  /** How many notebooks run at once. Default: one; on the virtual clock, four a core. */
  jobs?: number | undefined;
  /** Print what cells show as it comes. */
  verbose?: boolean | undefined;
  /** The file for a report in JSON. */
  report?: string | undefined;
}

/**
 * Runs the notebooks, tells what came of each as soon as it has, and returns all results in the notebooks' order; undefined if
 * the user stopped it.
 *
 * Where several run at once, one that shows what it should and only misses times that it states runs again: beside fewer, and
 * at last alone.
 */
export async function runBatch(
  notebooks: readonly Runnable[],
  options: BatchOptions,
): Promise<NotebookResult[] | undefined> {
  const clock = clockOf(options.clock);
  const stop = stopOnSignals();
  const started = performance.now();
  const results = await new Batch(notebooks, { ...options, clock }, stop).all();
  if (stop.aborted) return undefined;
  const seconds = (performance.now() - started) / 1000;
  if (notebooks.length > 1) console.log(`\n${summaryTable(results, seconds)}`);
  if (options.report !== undefined) await writeFile(options.report, reportJson(results, clock, seconds));
  return results;
}

class Batch {
  readonly #notebooks: readonly Runnable[];
  readonly #options: BatchOptions & { clock: ClockName };
  readonly #stop: AbortSignal;
  readonly #board = createBoard(process.stderr);
  readonly #jobs: number;
  readonly #turn: TakeTurn;
  #running = 0;
  #begun = 0;

  constructor(notebooks: readonly Runnable[], options: BatchOptions & { clock: ClockName }, stop: AbortSignal) {
    const { clock, jobs = defaultJobs(clock) } = options;
    this.#notebooks = notebooks;
    this.#options = options;
    this.#stop = stop;
    this.#jobs = Math.min(jobs, notebooks.length);
    // Else the starts of all kernels would disturb the first times that are measured. Virtual ones cannot be.
    this.#turn = clock === "real" && this.#jobs > 1 ? turns(availableParallelism(), LONGEST_START) : always;
  }

  async all(): Promise<NotebookResult[]> {
    const results: NotebookResult[] = [];
    const alone: number[] = [];
    const order = await this.#longestFirst();
    const jobs = order.map((index) => async () => {
      const result = await this.#withSecondTry(index);
      if (result) results[index] = result;
      else alone.push(index);
    });
    await runPool(this.#jobs, jobs);
    for (const index of alone) results[index] = this.#told(await this.#try(index, 3));
    return results;
  }

  /** Undefined if it has to run once more, alone. */
  async #withSecondTry(index: number): Promise<NotebookResult | undefined> {
    const first = await this.#try(index, 1);
    if (!first.again) return this.#told(first);
    this.#board.print(() => tellMissed(first.result, "it runs again"));
    const second = await this.#try(index, 2);
    if (!second.again) return this.#told(second);
    this.#board.print(() => tellMissed(second.result, "it runs again when they are done"));
    return undefined;
  }

  async #try(index: number, tries: number): Promise<Try> {
    const { file, read, take } = this.#notebooks[index] as Runnable;
    const wasAlone = this.#running === 0;
    const begun = ++this.#begun;
    this.#running++;
    let result = notRun(file);
    try {
      const notebook = await read();
      const { verbose, ...options } = this.#options;
      const several = this.#notebooks.length > 1;
      const prefix = verbose ? (several ? `${file}: ` : "") : undefined;
      result = await runLoaded(
        notebook,
        file,
        { ...options, prefix, turn: this.#turn },
        this.#board.progress(),
        this.#stop,
      );
      result.tries = tries;
      const again = missedTimes(result) && !(wasAlone && begun === this.#begun);
      if (again && !this.#stop.aborted) return { result, again };
      if (result.problem === undefined) result.written = await take(notebook);
    } catch (error) {
      result.problem = error instanceof Error ? error.message : String(error);
    } finally {
      this.#running--;
    }
    return { result, again: false };
  }

  #told({ result }: Try): NotebookResult {
    if (!this.#stop.aborted) this.#board.print(() => tell(result, this.#options.verbose ?? false));
    return result;
  }

  /** What takes longest begins first, so that the whole takes no longer. */
  async #longestFirst(): Promise<number[]> {
    const indices = [...this.#notebooks.keys()];
    if (this.#jobs === 1 || this.#options.clock === "virtual") return indices;
    const stated = await Promise.all(
      this.#notebooks.map(({ read }) =>
        read().then(
          (notebook) => statedSeconds(codeCells(notebook)),
          () => 0,
        ),
      ),
    );
    return indices.toSorted((a, b) => (stated[b] ?? 0) - (stated[a] ?? 0));
  }
}

interface Try {
  result: NotebookResult;
  /** Only its times were missed, and others ran at the same time. */
  again: boolean;
}

/**
 * Notebooks that run at once disturb each other's real times, and no virtual one. Even on that they wait more than they
 * compute: for kernels that start, for threads, for scripts.
 */
const defaultJobs = (clock: ClockName): number => (clock === "virtual" ? 4 * availableParallelism() : 1);

/** The clock of a command line, which may leave it to the environment. */
const clockOf = (clock: ClockName | undefined): ClockName =>
  clock ?? (process.env.LOOPBOOK_CLOCK === "virtual" ? "virtual" : "real");

/** A user who stops the run stops its kernels too. */
function stopOnSignals(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => controller.abort());
  return controller.signal;
}
