// `loopbook run`: notebooks through the kernel, headless.

import { writeFile } from "node:fs/promises";
import { basename } from "node:path";
import type { TypesMode } from "../../kernel/types/types-mode.ts";
import { colouredFor } from "../colours.ts";
import { UsageError } from "../errors.ts";
import { findNotebooks } from "../notebook/find.ts";
import { describeCell, paintFor } from "./check/describe.ts";
import type { ClockName } from "./check/stated-time.ts";
import { leftoverText } from "./leftover.ts";
import { reportJson } from "./report.ts";
import { failed, type NotebookResult, passed } from "./result.ts";
import { clockOf, runAll, STOPPED } from "./run-all.ts";
import { runFile } from "./run-file.ts";
import { summaryTable } from "./summary.ts";

export interface RunCommandOptions {
  output?: string | undefined;
  inPlace?: boolean | undefined;
  /** Seconds for each cell. */
  timeout?: number | undefined;
  allowErrors?: boolean | undefined;
  /** Compare what the run shows with what was saved, and each stated time. */
  check?: boolean | undefined;
  clock?: ClockName | undefined;
  /** What becomes of type errors. */
  types?: TypesMode | undefined;
  /** How many notebooks run at once. */
  jobs?: number | undefined;
  /** Packages that cells name may be installed. Default: true. */
  install?: boolean | undefined;
  /** Print what cells show as it comes. */
  verbose?: boolean | undefined;
  /** The file for a report in JSON. */
  report?: string | undefined;
}

/**
 * Runs the notebooks and returns the exit code: 0 if every cell ran and showed what it should, 1 if not, 130 if the user
 * stopped it. Throws `UsageError`.
 */
export async function runCommand(patterns: readonly string[], options: RunCommandOptions): Promise<number> {
  if (options.output !== undefined && options.inPlace)
    throw new UsageError("Give one of --output and --in-place, not both.");
  if (options.check && options.inPlace)
    throw new UsageError("--check compares with the saved outputs, which --in-place would replace: give one of them.");
  const files = [...new Set(patterns.flatMap(findNotebooks))];
  requireDistinctNames(files, options.output);
  const clock = clockOf(options.clock);
  const verboseFor = (file: string) => (options.verbose ? { prefix: files.length > 1 ? `${file}: ` : "" } : undefined);
  const started = performance.now();
  const results = await runAll(
    files,
    { clock, jobs: options.jobs },
    (file, progress, stop) => runFile(file, { ...options, clock, verbose: verboseFor(file) }, progress, stop),
    (result) => tell(result, options.verbose ?? false),
  );
  if (results === undefined) return STOPPED;
  const seconds = (performance.now() - started) / 1000;
  if (files.length > 1) console.log(`\n${summaryTable(results, seconds)}`);
  if (options.report !== undefined) await writeFile(options.report, reportJson(results, clock, seconds));
  return results.every(passed) ? 0 : 1;
}

function requireDistinctNames(files: readonly string[], output: string | undefined): void {
  if (output === undefined) return;
  const names = files.map((file) => basename(file));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new UsageError(`Two notebooks named ${twice} cannot both go into ${output}.`);
}

/** Says what came of a notebook: what is wrong on stderr, one line on stdout. `verbose`: its outputs have been printed. */
function tell(result: NotebookResult, verbose: boolean): void {
  const { file, problem, cells, ran, seconds, failure, differences, leftover, written } = result;
  if (problem !== undefined) {
    console.error(`${file}: ${problem}`);
    return;
  }
  const paint = paintFor(process.stderr);
  for (const cell of differences ?? []) console.error(describeCell(cell, file, paint));
  const failures = failed(result);
  for (const { number, summary } of failures)
    if (number !== failure?.number) console.error(`${file}: cell ${number} failed: ${summary}`);
  if (leftover) console.error(`${file}: ${leftoverText(leftover)}`);
  const target = written === undefined ? "" : `, written to ${written}`;
  if (failure) {
    if (!(verbose && failure.published)) console.error(colouredFor(process.stderr, failure.text));
    console.log(`${file}: cell ${failure.number} of ${cells} failed after ${seconds.toFixed(1)} s${target}`);
    return;
  }
  const count = `${ran} ${ran === 1 ? "cell" : "cells"} ran${failures.length > 0 ? `, ${failures.length} failed,` : ""}`;
  console.log(`${file}: ${count} in ${seconds.toFixed(1)} s${differences ? checked(differences.length) : ""}${target}`);
}

const checked = (differing: number): string => {
  if (differing === 0) return ", all as saved";
  return differing === 1 ? ", 1 of them not as saved" : `, ${differing} of them not as saved`;
};
