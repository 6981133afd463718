// The project's own source files.

import { globSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";

const NOT_OURS = ["node_modules", "dist", ".venv", "site", "coverage", "test-artifacts"];

/** Path, with slashes, and text of each source file in the folder `root`. */
export function readSources(root: string): Map<string, string> {
  const paths = globSync("**/*.{ts,js,mjs}", {
    cwd: root,
    exclude: (path) => NOT_OURS.some((name) => path.endsWith(name)),
  });
  return new Map(paths.sort().map((path) => [path.replaceAll(sep, "/"), readFileSync(join(root, path), "utf8")]));
}
