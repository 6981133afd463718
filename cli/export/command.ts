// `loopbook export`: notebooks to pages that need nothing else.

import { UsageError } from "../errors.ts";
import type { Notebook } from "../notebook/format.ts";
import { type BatchOptions, runBatch, STOPPED } from "../run/batch.ts";
import { type NotebookResult, passed } from "../run/result.ts";
import { OutputError, OutputFolder } from "./output-folder.ts";
import type { Theme } from "./page/document.ts";
import { renderSite, type Site } from "./site.ts";
import { findSources, type LoadedSource, loadNotebook } from "./sources.ts";

export interface ExportCommandOptions extends Pick<BatchOptions, "timeout" | "jobs" | "install" | "check" | "clock"> {
  output: string;
  /** Run the notebooks first, and export what came out. */
  run?: boolean | undefined;
  theme?: Theme | undefined;
  trust?: boolean | undefined;
  title?: string | undefined;
}

/**
 * Writes the pages and returns the exit code: 0 if all went well, 1 if a notebook could not be read or run, or nothing could
 * be written, 130 if the user stopped the run. Throws `UsageError`.
 */
export async function exportCommand(patterns: readonly string[], options: ExportCommandOptions): Promise<number> {
  requireRun(options);
  const sources = findSources(patterns);
  const output = await said(OutputFolder.open(options.output));
  if (output === undefined) return 1;
  const notebooks: LoadedSource[] = [];
  let failed = false;
  for (const source of sources) {
    const notebook = await loadNotebook(source);
    if ("problem" in notebook) {
      console.error(notebook.problem);
      failed = true;
      continue;
    }
    notebooks.push({ source, notebook });
  }
  if (notebooks.length === 0) return 1;
  if (options.run) {
    const results = await run(notebooks, options);
    if (results === undefined) return STOPPED;
    if (!results.every(passed)) failed = true;
  }
  const site = await renderSite(notebooks, {
    theme: options.theme ?? "auto",
    trust: options.trust ?? false,
    title: options.title ?? "Notebooks",
  });
  return (await write(site, output)) && !failed ? 0 : 1;
}

/** What is said of the run has no meaning without one. Throws `UsageError`. */
function requireRun({ run, timeout, jobs, install, check, clock }: ExportCommandOptions): void {
  const given = {
    "--timeout": timeout !== undefined,
    "--jobs": jobs !== undefined,
    "--no-install": install === false,
    "--check": check === true,
    "--clock": clock !== undefined,
  };
  for (const [option, isGiven] of Object.entries(given))
    if (isGiven && !run) throw new UsageError(`${option} is about running the notebooks: give --run too.`);
}

/** A notebook that fails is exported as far as it came: its page shows the error. Undefined if the user stopped the run. */
function run(notebooks: LoadedSource[], options: ExportCommandOptions): Promise<NotebookResult[] | undefined> {
  const runnables = notebooks.map((loaded) => {
    const saved = loaded.notebook;
    return {
      file: loaded.source.file,
      read: async () => structuredClone(saved),
      take: async (ran: Notebook) => {
        loaded.notebook = ran;
        return undefined;
      },
    };
  });
  return runBatch(runnables, options);
}

/** Writes all that can be written; false if something could not. */
async function write({ pages, linked }: Site, output: OutputFolder): Promise<boolean> {
  let whole = true;
  for (const { file, html, notes, source } of pages) {
    if (await said(output.write(file, html).then(() => true)))
      console.log(`${output.nameOf(file)}: ${Math.ceil(Buffer.byteLength(html) / 1000)} kB`);
    else whole = false;
    for (const note of new Set(notes)) console.error(`${source?.file ?? file}: note: ${note}`);
  }
  let copied = 0;
  for (const { place, file } of linked.copies()) {
    if (await said(output.copy(place, file).then(() => true))) copied++;
    else whole = false;
  }
  if (copied > 0) console.log(`${copied} linked ${copied === 1 ? "file" : "files"} copied`);
  return whole;
}

/** What comes of it; undefined if it cannot be written, which the user is told. */
async function said<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof OutputError)) throw error;
    console.error(error.message);
    return undefined;
  }
}
