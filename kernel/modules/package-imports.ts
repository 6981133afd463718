// `"imports": { "#lib/*": "./lib/*.ts" }` of a package.json. Node knows them too, but reads a package.json once.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import type { PathConditionsMap } from "resolve-pkg-maps";
import * as z from "zod/mini";
import { type NameTable, NO_NAMES } from "./tsconfig-paths.ts";

/** Targets: a path, other names by condition, alternatives, or nothing. */
const target: z.ZodMiniType<PathConditionsMap[string]> = z.lazy(() =>
  z.nullable(z.union([z.string(), z.array(z.union([z.string(), map])), map])),
);
const map: z.ZodMiniType<PathConditionsMap> = z.lazy(() => z.record(z.string(), target));
const Manifest = z.object({ imports: z.optional(map) });

/** Reads the names that begin with `#`; they stand for files, and for packages. */
export function packageImports(file: string, conditions: readonly string[]): NameTable {
  const imports = importsOf(file);
  if (!imports) return NO_NAMES;
  const { resolveImports }: typeof import("resolve-pkg-maps") = createRequire(import.meta.url)("resolve-pkg-maps");
  return (specifier) => {
    try {
      return resolveImports(imports, specifier, conditions).map((found) =>
        found.startsWith("./") ? resolve(dirname(file), found) : found,
      );
    } catch {
      return []; // Node says what is wrong.
    }
  };
}

function importsOf(file: string): PathConditionsMap | undefined {
  try {
    return Manifest.parse(JSON.parse(readFileSync(file, "utf8"))).imports;
  } catch {
    return undefined;
  }
}
