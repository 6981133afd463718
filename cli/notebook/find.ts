// Which notebooks the words of a command line mean.

import { existsSync, globSync } from "node:fs";
import { UsageError } from "../errors.ts";

/** The files of a pattern, for where the shell expands none. Throws `UsageError` where there is no such file. */
export function findNotebooks(pattern: string): string[] {
  if (existsSync(pattern)) return [pattern];
  const found = globSync(pattern).toSorted();
  if (found.length === 0) throw new UsageError(`No such notebook: ${pattern}`);
  return found;
}
