// One notebook file: read, run, written.

import { randomUUID } from "node:crypto";
import { mkdir, readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
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

/** Writes the notebook where the options say. Returns its path, if it was written. */
async function save(file: string, notebook: Notebook, options: RunFileOptions): Promise<string | undefined> {
  if (options.output === undefined && !options.inPlace) return undefined;
  const text = serializeNotebook(notebook);
  if (options.output === undefined) {
    // A link to a notebook stays one.
    await replace(await realpath(file), text);
    return file;
  }
  await mkdir(options.output, { recursive: true });
  const target = join(options.output, basename(file));
  await replace(target, text);
  return target;
}

/** Writes the file whole or not at all; who may read it stays as it was. */
async function replace(target: string, text: string): Promise<void> {
  const mode = (await stat(target).catch(() => undefined))?.mode;
  const draft = join(dirname(target), `.loopbook-${randomUUID()}`);
  try {
    await writeFile(draft, text, { flag: "wx", mode });
    await rename(draft, target);
  } finally {
    await rm(draft, { force: true });
  }
}
