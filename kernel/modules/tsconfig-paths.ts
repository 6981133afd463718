// `paths` and `baseUrl` of a tsconfig.json: what the type checker knows by such a name is found when it runs as well.

import { createRequire } from "node:module";

/** Paths that a specifier may stand for, best first; they may lack an extension. */
export type NameTable = (specifier: string) => readonly string[];

export const NO_NAMES: NameTable = () => [];

/** Reads a tsconfig.json and what it extends. The library is loaded for the first one. */
export function tsconfigPaths(file: string): NameTable {
  try {
    const library: typeof import("get-tsconfig") = createRequire(import.meta.url)("get-tsconfig");
    return library.createPathsMatcher({ path: file, config: library.parseTsconfig(file) }) ?? NO_NAMES;
  } catch {
    // It is no tsconfig.json: the type checker has more to say about that.
    return NO_NAMES;
  }
}
