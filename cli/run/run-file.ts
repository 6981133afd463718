// One notebook file: read, run, compared with what it says, written.

import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { type Notebook, NotebookError, parseNotebook, serializeNotebook } from "../notebook/format.ts";
import { requireTypeScript } from "../notebook/language.ts";
import { compareCells, keepSaved } from "./check/compare.ts";
import type { ClockName } from "./check/stated-time.ts";
import { hintFor } from "./hint.ts";
import type { Progress } from "./progress.ts";
import { gainsOf, type NotebookResult, statedSeconds } from "./result.ts";
import { codeCells, runNotebook, type TypeMode } from "./run-notebook.ts";

export interface RunFileOptions {
  /** The folder to write into. */
  output?: string | undefined;
  inPlace?: boolean | undefined;
  /** Seconds for each cell. */
  timeout?: number | undefined;
  allowErrors?: boolean | undefined;
  /** Compare what the run shows with what was saved. */
  check?: boolean | undefined;
  clock: ClockName;
  /** What type errors do to a cell. */
  types?: TypeMode | undefined;
}

/** Never rejects for what is wrong with a notebook: the result says it. */
export async function runFile(
  file: string,
  options: RunFileOptions,
  progress: Progress,
  signal: AbortSignal,
): Promise<NotebookResult> {
  const started = performance.now();
  const result: NotebookResult = { file, cells: 0, ran: 0, seconds: 0, stated: 0, gains: [] };
  try {
    await runLoaded(await load(file), result, options, progress, signal);
  } catch (error) {
    result.problem = error instanceof Error ? error.message : String(error);
  } finally {
    progress.end();
  }
  result.seconds = (performance.now() - started) / 1000;
  return result;
}

/** What is known is written into `result` at once: an error loses nothing. */
async function runLoaded(
  notebook: Notebook,
  result: NotebookResult,
  options: RunFileOptions,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  const cells = codeCells(notebook);
  const saved = keepSaved(cells);
  const folder = dirname(resolve(result.file));
  result.cells = cells.length;
  result.stated = statedSeconds(cells);
  progress.notebook(result.file, cells.length);
  const failure = await runNotebook(notebook, {
    folder,
    clock: options.clock,
    types: options.types,
    timeout: options.timeout,
    allowErrors: options.allowErrors ?? false,
    onCell: (number, cell) => progress.cell(number, cell.source),
    onCellDone: (number, seconds, failed) => {
      result.ran = number;
      progress.cellDone(number, seconds, failed);
    },
    signal,
  });
  // A user who stopped the run wants nothing of it.
  signal.throwIfAborted();
  if (failure) {
    const hint = hintFor(failure.text, folder);
    result.failure = hint === undefined ? failure : { ...failure, text: `${failure.text}\n${hint}` };
  }
  // The cell that failed has its traceback to tell: only what ran before it is compared.
  const whole = cells.slice(0, failure ? failure.number - 1 : cells.length);
  result.gains = gainsOf(whole);
  if (options.check) result.differences = compareCells(saved, whole, options.clock);
  result.written = await save(result.file, notebook, options);
}

async function load(file: string): Promise<Notebook> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new NotebookError(`cannot be read (${error instanceof Error ? error.message : error})`, { cause: error });
  });
  const notebook = parseNotebook(text);
  requireTypeScript(notebook);
  return notebook;
}

/** Writes the notebook where the options say, whole or not at all. Returns its path, if it was written. */
async function save(file: string, notebook: Notebook, options: RunFileOptions): Promise<string | undefined> {
  if (options.output === undefined && !options.inPlace) return undefined;
  const target = options.output === undefined ? file : join(options.output, basename(file));
  await mkdir(dirname(target), { recursive: true });
  const draft = `${target}.${process.pid}.tmp`;
  try {
    await writeFile(draft, serializeNotebook(notebook));
    await rename(draft, target);
  } finally {
    await rm(draft, { force: true });
  }
  return target;
}
