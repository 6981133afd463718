// One notebook file: read, run, written.

import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type Notebook, NotebookError, parseNotebook, serializeNotebook } from "../notebook/format.ts";
import type { Progress } from "./progress.ts";
import type { NotebookResult } from "./result.ts";
import { notRun, type RunLoadedOptions, runLoaded } from "./run-loaded.ts";

export interface RunFileOptions extends RunLoadedOptions {
  /** The folder to write into. */
  output?: string | undefined;
  inPlace?: boolean | undefined;
}

/** Never rejects for what is wrong with a notebook: the result says it. */
export async function runFile(
  file: string,
  options: RunFileOptions,
  progress: Progress,
  signal: AbortSignal,
): Promise<NotebookResult> {
  let result = notRun(file);
  try {
    const notebook = await load(file);
    result = await runLoaded(notebook, file, options, progress, signal);
    if (result.problem === undefined) result.written = await save(file, notebook, options);
  } catch (error) {
    result.problem = error instanceof Error ? error.message : String(error);
  }
  return result;
}

async function load(file: string): Promise<Notebook> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new NotebookError(`cannot be read (${error instanceof Error ? error.message : error})`, { cause: error });
  });
  return parseNotebook(text);
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
