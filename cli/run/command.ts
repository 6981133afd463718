// `loopbook run`: notebooks through the kernel, headless.

import { existsSync, globSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { UsageError } from "../errors.ts";
import { type Notebook, NotebookError, parseNotebook, serializeNotebook } from "../notebook/format.ts";
import { requireTypeScript } from "../notebook/language.ts";
import { createProgress, type Progress } from "./progress.ts";
import { type CellFailure, codeCells, runNotebook } from "./run-notebook.ts";

export interface RunCommandOptions {
  output?: string | undefined;
  inPlace?: boolean | undefined;
  /** Seconds for each cell. */
  timeout?: number | undefined;
  allowErrors?: boolean | undefined;
}

/** Runs the notebooks one after another and returns the exit code: 0 if every cell ran, 1 if not. Throws `UsageError`. */
export async function runCommand(patterns: readonly string[], options: RunCommandOptions): Promise<number> {
  if (options.output !== undefined && options.inPlace)
    throw new UsageError("Give one of --output and --in-place, not both.");
  const files = patterns.flatMap(expand);
  requireDistinctNames(files, options.output);
  const stop = stopOnSignals();
  const progress = createProgress(process.stderr);
  let code = 0;
  for (const file of files) {
    const ok = await runFile(file, options, progress, stop);
    if (stop.aborted) return 130;
    if (!ok) code = 1;
  }
  return code;
}

/** Where the shell expands no patterns, they come here as they were typed. */
function expand(pattern: string): string[] {
  if (existsSync(pattern)) return [pattern];
  const found = globSync(pattern).toSorted();
  if (found.length === 0) throw new UsageError(`No such notebook: ${pattern}`);
  return found;
}

function requireDistinctNames(files: readonly string[], output: string | undefined): void {
  if (output === undefined) return;
  const names = files.map((file) => basename(file));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new UsageError(`Two notebooks named ${twice} cannot both go into ${output}.`);
}

async function runFile(
  file: string,
  options: RunCommandOptions,
  progress: Progress,
  signal: AbortSignal,
): Promise<boolean> {
  const started = performance.now();
  const notebook = await load(file);
  if (!notebook) return false;
  const cells = codeCells(notebook).length;
  progress.notebook(file, cells);
  let failure: CellFailure | undefined;
  try {
    failure = await runNotebook(notebook, {
      folder: dirname(resolve(file)),
      timeout: options.timeout,
      allowErrors: options.allowErrors ?? false,
      onCell: (number, cell) => progress.cell(number, cell.source),
      onCellDone: (number, seconds, failed) => progress.cellDone(number, seconds, failed),
      signal,
    });
  } catch (error) {
    progress.end();
    if (!signal.aborted) console.error(`${file}: ${error instanceof Error ? error.message : error}`);
    return false;
  }
  progress.end();
  if (signal.aborted) return false;
  const target = await save(file, notebook, options);
  report(file, cells, (performance.now() - started) / 1000, target, failure);
  return failure === undefined;
}

async function load(file: string): Promise<Notebook | undefined> {
  try {
    const notebook = parseNotebook(await readFile(file, "utf8"));
    requireTypeScript(notebook);
    return notebook;
  } catch (error) {
    if (error instanceof NotebookError) console.error(`${file}: ${error.message}`);
    else console.error(`${file}: cannot be read (${error instanceof Error ? error.message : error})`);
    return undefined;
  }
}

/** Writes the notebook where the options say, whole or not at all. Returns its path, if it was written. */
async function save(file: string, notebook: Notebook, options: RunCommandOptions): Promise<string | undefined> {
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

function report(
  file: string,
  cells: number,
  seconds: number,
  target: string | undefined,
  failure: CellFailure | undefined,
): void {
  const count = `${cells} ${cells === 1 ? "cell" : "cells"}`;
  const written = target === undefined ? "" : `, written to ${target}`;
  if (!failure) {
    console.log(`${file}: ${count} ran in ${seconds.toFixed(1)} s${written}`);
    return;
  }
  console.error(failure.text);
  console.log(`${file}: cell ${failure.number} of ${cells} failed after ${seconds.toFixed(1)} s${written}`);
}

/** A user who stops the run stops its kernel too. */
function stopOnSignals(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => controller.abort());
  return controller.signal;
}
