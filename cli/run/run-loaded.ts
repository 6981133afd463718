// One notebook that was read: run with its progress, and compared with what it says.

import { dirname, resolve } from "node:path";
import type { TypesMode } from "../../kernel/types/types-mode.ts";
import type { Notebook } from "../notebook/format.ts";
import { requireTypeScript } from "../notebook/language.ts";
import { compareCells, keepSaved } from "./check/compare.ts";
import type { ClockName } from "./check/stated-time.ts";
import type { CellFailure } from "./failures.ts";
import { hintFor } from "./hint.ts";
import type { TakeTurn } from "./pool.ts";
import type { CellEnd, Progress } from "./progress.ts";
import { gainsOf, type NotebookResult, statedSeconds } from "./result.ts";
import { codeCells, type RunWatcher, runNotebook } from "./run-notebook.ts";
import { OutputPrinter } from "./verbose.ts";

export interface RunLoadedOptions {
  /** Seconds for each cell. */
  timeout?: number | undefined;
  allowErrors?: boolean | undefined;
  /** Compare what the run shows with what was saved. */
  check?: boolean | undefined;
  clock: ClockName;
  /** What becomes of type errors. */
  types?: TypesMode | undefined;
  /** Packages that cells name may be installed. Default: true. */
  install?: boolean | undefined;
  /** Print what cells show as it comes, each line behind this. */
  prefix?: string | undefined;
  turn: TakeTurn;
}

/** What is known of a notebook before it runs. */
export const notRun = (file: string): NotebookResult => ({
  file,
  cells: 0,
  ran: 0,
  failures: [],
  tries: 1,
  seconds: 0,
  stated: 0,
  gains: [],
});

/**
 * Runs the notebook of a file, and writes outputs, counts and times into it. Never rejects for what is wrong with it: the
 * result says it.
 */
export async function runLoaded(
  notebook: Notebook,
  file: string,
  options: RunLoadedOptions,
  progress: Progress,
  signal: AbortSignal,
): Promise<NotebookResult> {
  const started = performance.now();
  const result = notRun(file);
  try {
    requireTypeScript(notebook);
    await run(notebook, result, options, progress, signal);
  } catch (error) {
    result.problem = error instanceof Error ? error.message : String(error);
  } finally {
    progress.end();
  }
  result.seconds = (performance.now() - started) / 1000;
  return result;
}

/** What is known is written into `result` at once: an error loses nothing. */
async function run(
  notebook: Notebook,
  result: NotebookResult,
  options: RunLoadedOptions,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  const cells = codeCells(notebook);
  const saved = keepSaved(cells);
  const path = resolve(result.file);
  result.cells = cells.length;
  result.stated = statedSeconds(cells);
  progress.notebook(result.file, cells.length);
  const { failure, failures, seconds, leftover } = await runNotebook(notebook, {
    path,
    clock: options.clock,
    types: options.types,
    mayInstall: options.install,
    timeout: options.timeout,
    allowErrors: options.allowErrors ?? false,
    watcher: watcherOf(result, progress, options),
    turn: options.turn,
    signal,
  });
  // A user who stopped the run wants nothing of it.
  signal.throwIfAborted();
  result.failures = failures;
  result.leftover = leftover;
  if (failure) {
    const hint = hintFor(failure.text, dirname(path));
    result.failure = hint === undefined ? failure : { ...failure, text: `${failure.text}\n${hint}` };
  }
  // The cell that failed has its traceback to tell: only what ran before it is compared.
  const whole = cells.slice(0, failure ? failure.number - 1 : cells.length);
  result.gains = gainsOf(whole);
  if (options.check) result.differences = compareCells(saved, whole, options.clock, seconds);
}

function watcherOf(result: NotebookResult, progress: Progress, { prefix }: RunLoadedOptions): RunWatcher {
  const printer =
    prefix === undefined ? undefined : new OutputPrinter(process, prefix, (write) => progress.print(write));
  return {
    cell: (number, cell) => progress.cell(number, cell.source),
    output: (number, message) => printer?.output(number, message),
    cellDone: (number, seconds, failure) => {
      result.ran = number;
      printer?.flush();
      progress.cellDone(number, seconds, endOf(failure));
    },
    cellFailed: ({ number }) => progress.cellFailed(number),
    waiting: () => progress.waiting(),
  };
}

function endOf(failure: CellFailure | undefined): CellEnd {
  if (!failure) return "ok";
  return failure.allowed === "raises-exception" ? "raised" : "failed";
}
