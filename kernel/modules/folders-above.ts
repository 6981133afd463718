// The files that speak for a folder, and for all below it.

import { dirname, join } from "node:path";
import { isFile } from "./local-files.ts";

/** The files of these names in the folder of a path and in those above it, the nearest first. */
export function* filesAbove(path: string, names: readonly string[]): Generator<string> {
  let folder = dirname(path);
  for (;;) {
    for (const name of names) {
      const file = join(folder, name);
      if (isFile(file)) yield file;
    }
    const above = dirname(folder);
    if (above === folder) return;
    folder = above;
  }
}

export const nearestAbove = (path: string, names: readonly string[]): string | undefined =>
  filesAbove(path, names).next().value ?? undefined;
