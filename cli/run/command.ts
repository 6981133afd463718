// `loopbook run`: notebooks through the kernel, headless.

import { basename } from "node:path";
import { UsageError } from "../errors.ts";
import { findNotebooks } from "../notebook/find.ts";
import { type BatchOptions, runBatch, STOPPED } from "./batch.ts";
import { notebookFile, type Target } from "./notebook-file.ts";
import { passed } from "./result.ts";

export interface RunCommandOptions extends BatchOptions, Target {}

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
  const results = await runBatch(
    files.map((file) => notebookFile(file, options)),
    options,
  );
  if (results === undefined) return STOPPED;
  return results.every(passed) ? 0 : 1;
}

function requireDistinctNames(files: readonly string[], output: string | undefined): void {
  if (output === undefined) return;
  const names = files.map((file) => basename(file));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new UsageError(`Two notebooks named ${twice} cannot both go into ${output}.`);
}
