// Files of the user's, as module URLs and as paths. What lies in node_modules belongs to a package.

import { statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** A URL without what tells versions of a module apart. */
export const withoutVersion = (url: string): string => url.replace(/[?#].*$/, "");

/** The path of a file. Undefined for what is none, such as `node:fs`. */
export const pathOf = (url: string): string | undefined =>
  url.startsWith("file:") ? fileURLToPath(withoutVersion(url)) : undefined;

/** The path of a file that belongs to the user, not to a package. */
export const localPath = (url: string): string | undefined =>
  url.includes("/node_modules/") ? undefined : pathOf(url);

export const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

/** Declarations are there for the type checker alone. */
const DECLARATIONS = /\.d\.[cm]?ts$/;

/**
 * The file that a path without an extension means, or with that of what it is compiled to: `./lib` is lib.ts, lib/index.ts or
 * what the package.json in the folder says, `./lib.js` is lib.ts where there is no lib.js.
 */
export function findFile(base: string): string | undefined {
  return (
    filesNamed(base).find((path) => !DECLARATIONS.test(path) && isFile(path)) ??
    mainOf(base) ??
    INDEXES.map((name) => join(base, name)).find(isFile)
  );
}

function filesNamed(base: string): string[] {
  const [, stem = base, kind] = /^(.*)\.([cm]?)jsx?$/.exec(base) ?? [];
  return [
    base,
    ...[".ts", ".mts", ".tsx", ".js", ".mjs", ".jsx", ".json", ".cts", ".cjs"].map((end) => base + end),
    ...(kind === undefined ? [] : [`${stem}.${kind}ts`, `${stem}.tsx`]),
  ];
}

const INDEXES = ["ts", "tsx", "mts", "js", "mjs", "jsx"].map((end) => `index.${end}`);

/** Of a folder with a package.json, as Node's `require` finds it. */
function mainOf(folder: string): string | undefined {
  if (!isFile(join(folder, "package.json"))) return undefined;
  try {
    return createRequire(join(folder, "package.json")).resolve(folder);
  } catch {
    return undefined;
  }
}
