// `loopbook export`: notebooks to pages that need nothing else.

import { access, constants, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Notebook } from "../notebook/format.ts";
import { requireTypeScript } from "../notebook/language.ts";
import { createProgress } from "../run/progress.ts";
import { codeCells, runNotebook } from "../run/run-notebook.ts";
import type { Theme } from "./page/document.ts";
import { renderSite, type Site } from "./site.ts";
import { findSources, loadNotebook, type Source } from "./sources.ts";

export interface ExportCommandOptions {
  output: string;
  /** Run the notebooks first, and export what came out. */
  run?: boolean | undefined;
  theme?: Theme | undefined;
  trust?: boolean | undefined;
  title?: string | undefined;
}

/** Writes the pages and returns the exit code: 1 if a notebook could not be read or run, or nothing could be written. */
export async function exportCommand(patterns: readonly string[], options: ExportCommandOptions): Promise<number> {
  const sources = findSources(patterns);
  const { output } = options;
  if (!(await isWritable(output))) return 1;
  const notebooks: { source: Source; notebook: Notebook }[] = [];
  let failed = false;
  for (const source of sources) {
    const notebook = await loadNotebook(source);
    if ("problem" in notebook) {
      console.error(notebook.problem);
      failed = true;
      continue;
    }
    if (options.run && !(await run(source, notebook))) failed = true;
    notebooks.push({ source, notebook });
  }
  if (notebooks.length === 0) return 1;
  const site = await renderSite(notebooks, {
    theme: options.theme ?? "auto",
    trust: options.trust ?? false,
    title: options.title ?? "Notebooks",
  });
  return (await write(site, output)) && !failed ? 0 : 1;
}

async function isWritable(folder: string): Promise<boolean> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch (error) {
    console.error(`Cannot write into ${folder}: ${reason(error)}`);
    return false;
  }
}

/** A notebook that fails is exported as far as it came: its page shows the error. */
async function run({ file, path }: Source, notebook: Notebook): Promise<boolean> {
  const progress = createProgress(process.stderr);
  try {
    requireTypeScript(notebook);
    progress.notebook(file, codeCells(notebook).length);
    const failure = await runNotebook(notebook, {
      folder: dirname(path),
      timeout: undefined,
      allowErrors: false,
      onCell: (number, cell) => progress.cell(number, cell.source),
      onCellDone: (number, seconds, cellFailed) => progress.cellDone(number, seconds, cellFailed),
    });
    progress.end();
    if (failure) console.error(`${file}: cell ${failure.number} failed\n${failure.text}`);
    return failure === undefined;
  } catch (error) {
    progress.end();
    console.error(`${file}: ${error instanceof Error ? error.message : error}`);
    return false;
  }
}

async function write({ pages, linked }: Site, output: string): Promise<boolean> {
  try {
    for (const { file, html, notes, source } of pages) {
      const target = join(output, file);
      await writeFile(target, html);
      console.log(`${target}: ${Math.ceil(Buffer.byteLength(html) / 1000)} kB`);
      for (const note of new Set(notes)) console.error(`${source?.file ?? file}: note: ${note}`);
    }
    const copied = await linked.copyTo(output);
    if (copied.length > 0) console.log(`${copied.length} linked ${copied.length === 1 ? "file" : "files"} copied`);
    return true;
  } catch (error) {
    console.error(`Cannot write into ${output}: ${reason(error)}`);
    return false;
  }
}

const REASONS: { [code: string]: string } = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  EEXIST: "it is a file, not a folder",
  ENOTDIR: "a part of its path is a file, not a folder",
  ENOSPC: "no space is left",
};

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? String(error.code) : "";
  return REASONS[code] ?? error.message;
}
