// Runs the cells of one notebook in a kernel of its own, and gathers what they show.

import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import * as z from "zod/mini";
import type { TypesMode } from "../../kernel/types/types-mode.ts";
import type { PublishedMessage } from "../client/channels.ts";
import { type Executed, type Execution, KernelClient } from "../client/kernel-client.ts";
import type { Environment } from "../client/kernel-process.ts";
import { type ExecuteReply, readPublished } from "../client/published.ts";
import { DEFAULT_DISPLAY_NAME, DEFAULT_NAME } from "../install/kernelspec.js";
import type { CodeCell, Notebook } from "../notebook/format.ts";
import { Outputs } from "../notebook/outputs.ts";
import { type CellSeconds, CellTimes } from "./check/cell-times.ts";
import type { ClockName } from "./check/stated-time.ts";

/** Seconds that an interrupted cell may take to stop before its kernel is ended. */
const INTERRUPT_LIMIT = 10;

export interface RunOptions {
  /** The notebook's file. Its cells work in its folder. */
  path: string;
  /** The clock of the notebook's loop; undefined leaves it to the environment, which is real time if it says nothing. */
  clock?: ClockName | undefined;
  /** What becomes of type errors; undefined leaves it to the environment and the notebook. If they say nothing: `off`. */
  types?: TypesMode | undefined;
  /** Seconds for each cell; undefined is without limit. */
  timeout: number | undefined;
  allowErrors: boolean;
  /** Packages that cells name may be installed. Default: true. */
  mayInstall?: boolean | undefined;
  /** Called before a cell runs, with its place among the code cells, from 1 on. */
  onCell?: (number: number, cell: CodeCell) => void;
  /** Called after a cell has run, with its time in seconds. */
  onCellDone?: (number: number, seconds: number, failed: boolean) => void;
  /** Ends the run and its kernel. */
  signal?: AbortSignal | undefined;
}

export interface CellFailure {
  /** The cell's place among the code cells, from 1 on. */
  number: number;
  cell: CodeCell;
  /** What to show: the traceback, or what happened to the kernel. */
  text: string;
}

export interface NotebookRun {
  /** The cell that the run stopped at. */
  failure: CellFailure | undefined;
  seconds: CellSeconds;
}

/**
 * Runs the notebook and writes outputs, counts and times into it.
 *
 * Stops at the first cell that fails, unless errors are allowed. Jupyter's tags `raises-exception`
 * and `skip-execution` are respected. Throws if the kernel does not start.
 */
export async function runNotebook(notebook: Notebook, options: RunOptions): Promise<NotebookRun> {
  const client = await KernelClient.start(dirname(options.path), {
    env: environment(notebook, options),
    mayInstall: options.mayInstall,
  });
  const kill = () => client.kill();
  options.signal?.addEventListener("abort", kill);
  try {
    options.signal?.throwIfAborted();
    notebook.metadata.kernelspec ??= {
      name: DEFAULT_NAME,
      display_name: DEFAULT_DISPLAY_NAME,
      language: "typescript",
    };
    notebook.metadata.language_info = client.info.language_info;
    return await runCells(client, codeCells(notebook), options);
  } finally {
    // What still runs in the background ends here; what it prints until then is kept.
    await client.shutdown();
    options.signal?.removeEventListener("abort", kill);
  }
}

/**
 * The type checker costs a second of processor time a kernel, and whether a warning comes before a cell's end is chance:
 * who runs a notebook headless asks for it.
 */
function environment(notebook: Notebook, { path, clock, types }: RunOptions): Environment {
  const isSaid = process.env.LOOPBOOK_TYPES || saysTypes.safeParse(notebook.metadata).success;
  const mode = types ?? (isSaid ? undefined : "off");
  // As Jupyter's server tells a kernel which notebook it is for.
  return { JPY_SESSION_NAME: path, ...(clock && { LOOPBOOK_CLOCK: clock }), ...(mode && { LOOPBOOK_TYPES: mode }) };
}

/** What it says is the kernel's business, which reads it there. */
const saysTypes = z.object({ loopbook: z.object({ types: z.string() }) });

/** The cells that will run: code, not empty, not tagged to be skipped. */
export function codeCells(notebook: Notebook): CodeCell[] {
  return notebook.cells.filter(
    (cell): cell is CodeCell =>
      cell.cell_type === "code" && cell.source.trim() !== "" && !hasTag(cell, "skip-execution"),
  );
}

async function runCells(client: KernelClient, cells: readonly CodeCell[], options: RunOptions): Promise<NotebookRun> {
  const outputs = new Outputs();
  const times = new CellTimes();
  client.onPublished = (message) => {
    times.published(message);
    publish(outputs, message);
  };
  for (const [index, cell] of cells.entries()) {
    const number = index + 1;
    options.onCell?.(number, cell);
    const started = performance.now();
    const execution = client.execute(cell.source, cell.id);
    outputs.begin(execution.id, cell);
    times.begin(execution.id, cell);
    const failure = await outcome(client, execution, options.timeout, (executed) =>
      times.replied(execution.id, cell, executed),
    );
    const failed =
      failure !== undefined && !(failure.bearable && (options.allowErrors || hasTag(cell, "raises-exception")));
    options.onCellDone?.(number, (performance.now() - started) / 1000, failed);
    if (failed) return { failure: { number, cell, text: failure.text }, seconds: times.seconds };
  }
  return { failure: undefined, seconds: times.seconds };
}

function publish(outputs: Outputs, { parentId, type, content }: PublishedMessage): void {
  const message = readPublished(type, content);
  if (message) outputs.receive(parentId, message);
}

/** A failure is bearable where the next cell can still run. */
type Outcome = { text: string; bearable: boolean } | undefined;

async function outcome(
  client: KernelClient,
  { done }: Execution,
  timeout: number | undefined,
  onExecuted: (executed: Executed) => void,
): Promise<Outcome> {
  const timer = new AbortController();
  const late = timeout === undefined ? new Promise<never>(() => {}) : delay(timeout * 1000, "late" as const, timer);
  // Cancelled below; its rejection has no reader then.
  late.catch(() => {});
  try {
    const first = await Promise.race([done, late]);
    if (first === "late") return await interrupted(client, done, timeout ?? 0);
    onExecuted(first);
    return failureOf(first.reply);
  } catch (error) {
    return { text: error instanceof Error ? error.message : String(error), bearable: false };
  } finally {
    timer.abort();
  }
}

async function interrupted(client: KernelClient, done: Execution["done"], timeout: number): Promise<Outcome> {
  const text = `The cell took longer than ${timeout} s (--timeout) and was interrupted.`;
  const limit = new AbortController();
  const stopped = client
    .interrupt()
    .then(() => done)
    .then(() => true);
  const stuck = delay(INTERRUPT_LIMIT * 1000, false, limit).catch(() => false);
  if (await Promise.race([stopped, stuck])) {
    limit.abort();
    return { text, bearable: false };
  }
  client.kill();
  return { text: `${text} It did not stop, so its kernel was ended.`, bearable: false };
}

function failureOf(reply: ExecuteReply): Outcome {
  switch (reply.status) {
    case "ok":
      return undefined;
    case "aborted":
      return { text: "The kernel did not run the cell (aborted).", bearable: false };
    case "error":
      return { text: reply.traceback.join("\n") || `${reply.ename}: ${reply.evalue}`, bearable: true };
  }
}

function hasTag(cell: CodeCell, tag: string): boolean {
  const tags = cell.metadata.tags;
  return Array.isArray(tags) && tags.includes(tag);
}
