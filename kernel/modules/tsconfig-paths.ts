// `paths` and `baseUrl` of a tsconfig.json: what the type checker knows by such a name is found when it runs as well.

import { createRequire } from "node:module";

/** Paths that a specifier may stand for, best first; they may lack an extension. */
export type NameTable = (specifier: string) => readonly string[];

export const NO_NAMES: NameTable = () => [];

export const tsconfigPaths = (file: string): NameTable => read(file).find;

/** The same as a `paths` table whose targets are absolute. */
export function pathsTable(file: string): { [pattern: string]: readonly string[] } {
  const { patterns, find } = read(file);
  // A pattern, taken for a name, stands for the patterns that its targets are.
  return Object.fromEntries(patterns.map((pattern) => [pattern, find(pattern)]));
}

/** Reads a tsconfig.json and what it extends. The library is loaded for the first one. */
function read(file: string): { patterns: string[]; find: NameTable } {
  try {
    const library: typeof import("get-tsconfig") = createRequire(import.meta.url)("get-tsconfig");
    const config = library.parseTsconfig(file);
    const { paths = {}, baseUrl } = config.compilerOptions ?? {};
    return {
      patterns: [...Object.keys(paths), ...(baseUrl === undefined ? [] : ["*"])],
      find: library.createPathsMatcher({ path: file, config }) ?? NO_NAMES,
    };
  } catch {
    // It is no tsconfig.json: the type checker has more to say about that.
    return { patterns: [], find: NO_NAMES };
  }
}
