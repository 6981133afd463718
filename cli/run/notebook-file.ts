// One notebook file: read, and written with the outputs of its run.

import { randomUUID } from "node:crypto";
import { mkdir, readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type Notebook, NotebookError, parseNotebook, serializeNotebook } from "../notebook/format.ts";
import type { Runnable } from "./batch.ts";

/** Where the notebook goes with its outputs: into a folder, into its own file, or nowhere. */
export interface Target {
  output?: string | undefined;
  inPlace?: boolean | undefined;
}

/** A notebook file, to be run. */
export const notebookFile = (file: string, target: Target): Runnable => ({
  file,
  read: () => load(file),
  take: (notebook) => save(file, notebook, target),
});

async function load(file: string): Promise<Notebook> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new NotebookError(`cannot be read (${error instanceof Error ? error.message : error})`, { cause: error });
  });
  return parseNotebook(text);
}

/** Writes the notebook where the options say. Returns its path, if it was written. */
async function save(file: string, notebook: Notebook, options: Target): Promise<string | undefined> {
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
