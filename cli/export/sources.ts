// The notebooks to export: found, read, and each with the name of its page.

import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { UsageError } from "../errors.ts";
import { findNotebooks } from "../notebook/find.ts";
import { type Notebook, NotebookError, parseNotebook } from "../notebook/format.ts";

export const INDEX = "index.html";

export interface Source {
  /** As the user wrote it. */
  file: string;
  path: string;
  /** The file name of its page. */
  page: string;
}

export interface LoadedSource {
  source: Source;
  notebook: Notebook;
}

/** Throws `UsageError` where a notebook does not exist, or two would have one page. */
export function findSources(patterns: readonly string[]): Source[] {
  const sources = new Map<string, Source>();
  for (const file of patterns.flatMap(findNotebooks)) {
    const path = resolve(file);
    sources.set(path, { file, path, page: `${basename(file).replace(/\.ipynb$/i, "")}.html` });
  }
  const found = [...sources.values()];
  for (const [index, { file, page }] of found.entries()) {
    const other = found.slice(0, index).find((each) => each.page.toLowerCase() === page.toLowerCase());
    if (other) throw new UsageError(`${other.file} and ${file} would both become ${page}.`);
    if (found.length > 1 && page.toLowerCase() === INDEX)
      throw new UsageError(
        `${file} would become ${page}, which is the page of contents: rename it, or export it alone.`,
      );
  }
  return found;
}

/** The notebook, or the reason why there is none. */
export async function loadNotebook({ file, path }: Source): Promise<Notebook | { problem: string }> {
  try {
    return parseNotebook(await readFile(path, "utf8"));
  } catch (error) {
    if (error instanceof NotebookError) return { problem: `${file}: ${error.message}` };
    return { problem: `${file}: cannot be read (${error instanceof Error ? error.message : error})` };
  }
}
