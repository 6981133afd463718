// The `paths` of the notebook's own tsconfig.json: what the type checker knows by such a name is found when it runs as well.

import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** Paths that a specifier may stand for, best first; they may lack an extension. */
export type PathAliases = (specifier: string) => readonly string[];

const NONE: PathAliases = () => [];

export function pathAliases(directory: string): PathAliases {
  const file = join(directory, "tsconfig.json");
  // Most notebooks have none: only the others wait for the library.
  if (!existsSync(file)) return NONE;
  try {
    const library: typeof import("get-tsconfig") = createRequire(import.meta.url)("get-tsconfig");
    const matches = library.createPathsMatcher({ path: file, config: library.parseTsconfig(file) });
    return matches ?? NONE;
  } catch {
    // It is no tsconfig.json: the type checker has more to say about that.
    return NONE;
  }
}
