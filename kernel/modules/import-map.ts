// The import map of a deno.json: names for files, for packages, and for all that begins so.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import { fileURLToPath, pathToFileURL, URL } from "node:url";
import * as z from "zod/mini";
import { namesPackage } from "./npm-specifier.ts";

export const IMPORT_MAP_FILES = ["deno.json", "deno.jsonc"];

const Specifiers = z.record(z.string(), z.string());
const Configuration = z.object({
  imports: z.optional(Specifiers),
  scopes: z.optional(z.record(z.string(), Specifiers)),
  /** A file that has them instead. */
  importMap: z.optional(z.string()),
});
type Specifiers = z.infer<typeof Specifiers>;

/** What a specifier in a file stands for: a path, or another specifier. Undefined where the map says nothing. */
export type ImportMap = (specifier: string, importer: string) => string | undefined;

/** The files that it names, as a `paths` table of TypeScript. */
export function importMapTable(file: string): { [pattern: string]: readonly string[] } {
  const { base, imports = {} } = readMap(file);
  const files = Object.entries(imports).filter(([, target]) => /^\.{0,2}\//.test(target));
  const pattern = (text: string): string => (text.endsWith("/") ? `${text}*` : text);
  return Object.fromEntries(
    files.map(([name, target]) => [pattern(name), [pattern(fileURLToPath(new URL(target, pathToFileURL(base))))]]),
  );
}

/** Reads a deno.json, or deno.jsonc. Undefined if it names nothing. */
export function importMap(file: string): ImportMap | undefined {
  const { base, imports, scopes } = readMap(file);
  if (!imports && !scopes) return undefined;
  const library: typeof import("@import-maps/resolve") = createRequire(import.meta.url)("@import-maps/resolve");
  const baseUrl = pathToFileURL(base);
  const parsed = library.parse(
    { imports: withFolders(imports ?? {}), scopes: mapValues(scopes ?? {}, withFolders) },
    baseUrl,
  );
  return (specifier, importer) => {
    const { resolvedImport, matched } = library.resolve(specifier, parsed, pathToFileURL(importer));
    if (!matched || resolvedImport === null) return undefined;
    return resolvedImport.protocol === "file:" ? fileURLToPath(resolvedImport) : resolvedImport.href;
  };
}

/** The name of a package is that of its modules too, as in Deno: `lodash-es` gives `lodash-es/fp`. */
function withFolders(specifiers: Specifiers): Specifiers {
  const folders = Object.entries(specifiers)
    .filter(([name, target]) => namesPackage(target) && !name.endsWith("/") && !(`${name}/` in specifiers))
    .map(([name, target]) => [`${name}/`, `${target.replace(/^(npm|jsr):\/?/, "$1:/")}/`]);
  return { ...specifiers, ...Object.fromEntries(folders) };
}

const mapValues = <T, U>(record: { [key: string]: T }, change: (value: T) => U): { [key: string]: U } =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));

/** The map, and the file that its targets are relative to. */
function readMap(file: string): {
  base: string;
  imports?: Specifiers | undefined;
  scopes?: { [scope: string]: Specifiers } | undefined;
} {
  const { importMap: elsewhere, ...here } = read(file);
  if (elsewhere === undefined) return { base: file, ...here };
  const base = resolve(dirname(file), elsewhere);
  const { imports, scopes } = read(base);
  return { base, imports, scopes };
}

function read(file: string): z.infer<typeof Configuration> {
  const { parse }: typeof import("jsonc-parser") = createRequire(import.meta.url)("jsonc-parser");
  try {
    return Configuration.parse(parse(readFileSync(file, "utf8"), [], { allowTrailingComma: true }));
  } catch {
    return {}; // It is none, or has an entry that is none.
  }
}
