// Whether a module has a type of some name. Asked only where it has no value of that name, of files and declarations as they
// are written: what cells say must not wait for a type checker.

import { existsSync, readFileSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { resolveExports } from "resolve-pkg-maps";
import * as z from "zod/mini";
import { isFile, pathOf } from "./local-files.ts";

/** Declarations are read through the files that they name, up to so many. */
const MOST_FILES = 300;

/** `url` is where the module of that `specifier` is. */
export function declaresType(name: string, specifier: string, url: string): boolean {
  const declares = declarationOf(name);
  const files = new Set(declarationFiles(specifier, url));
  for (const file of files) {
    const text = textOf(file);
    if (declares.test(text)) return true;
    if (files.size < MOST_FILES) for (const other of filesNamedIn(text, file)) files.add(other);
  }
  return false;
}

/** A declaration of a type, or an export that gives one this name. */
function declarationOf(name: string): RegExp {
  const word = String.raw`(?<![\w$])${RegExp.escape(name)}(?![\w$])`;
  return new RegExp(
    String.raw`\b(?:interface|type|class|enum|namespace)\s+${word}|\bexport\s+(?:type\s+)?\{[^}]*${word}[^}]*\}`,
  );
}

function declarationFiles(specifier: string, url: string): string[] {
  if (isBuiltin(specifier)) return builtinDeclarations(specifier.replace(/^node:/, ""));
  const path = pathOf(url);
  if (path === undefined) return [];
  const inPackage = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(path)?.[1];
  return inPackage === undefined ? fileWithTypes(path) : packageDeclarations(inPackage, specifier, path);
}

/** Those that the notebook has, or ours. */
function builtinDeclarations(name: string): string[] {
  for (const from of [join(process.cwd(), "notebook.js"), fileURLToPath(import.meta.url)]) {
    try {
      return [join(dirname(createRequire(from).resolve("@types/node/package.json")), `${name}.d.ts`)].filter(isFile);
    } catch {
      // Not there.
    }
  }
  return [];
}

/** TypeScript has its own types; the declarations of JavaScript lie beside it. */
const fileWithTypes = (path: string): string[] =>
  /\.[cm]?tsx?$/.test(path) ? [path] : [path.replace(/\.([cm]?)jsx?$/, ".d.$1ts"), `${path}.d.ts`].filter(isFile);

const Manifest = z.object({
  exports: z.optional(z.any()),
  types: z.optional(z.string()),
  typings: z.optional(z.string()),
});

function packageDeclarations(root: string, specifier: string, path: string): string[] {
  const parsed = Manifest.safeParse(JSON.parse(textOf(join(root, "package.json")) || "{}"));
  const { exports, types, typings } = parsed.data ?? {};
  const subpath = subpathOf(specifier);
  const said = [
    ...(exports === undefined ? [] : exported(exports, subpath.slice(1))),
    ...(subpath === ""
      ? [types, typings, "index.d.ts"]
      : [`${subpath.slice(1)}.d.ts`, `${subpath.slice(1)}/index.d.ts`]),
  ];
  const own = said.flatMap((file) => (file === undefined ? [] : declarationsAt(resolve(root, file))));
  return [...own, ...fileWithTypes(path), ...declarationsOfOthers(root, subpath)];
}

/** `/fp` of `npm:lodash@4/fp` and of `@scope/name/fp`. */
const subpathOf = (specifier: string): string =>
  /^(?:(?:npm|jsr):\/?)?(?:@[^/]+\/)?[^/]+(\/.*)?$/.exec(specifier)?.[1] ?? "";

function exported(exports: unknown, subpath: string): string[] {
  try {
    return resolveExports(exports as Parameters<typeof resolveExports>[0], subpath, ["types", "import", "node"]);
  } catch {
    return [];
  }
}

/** Types that others have written: `@types/lodash`, beside `lodash` or above it. */
function declarationsOfOthers(root: string, subpath: string): string[] {
  const [, modules = "", name = ""] = /^(.*[\\/]node_modules[\\/])(.+)$/.exec(root) ?? [];
  const types = join(modules, "@types", name.replace(/^@([^\\/]+)[\\/]/, "$1__"));
  return existsSync(types) ? declarationsAt(join(types, subpath === "" ? "index" : subpath)) : [];
}

/** The declarations that a path means, which may be that of JavaScript, or lack an extension. */
function declarationsAt(base: string): string[] {
  const candidates = [
    ...(/\.[cm]?tsx?$/.test(base) ? [base] : []),
    base.replace(/\.([cm]?)jsx?$/, ".d.$1ts"),
    `${base}.d.ts`,
    `${base}.ts`,
    `${base}.tsx`,
    join(base, "index.d.ts"),
    join(base, "index.ts"),
  ];
  return candidates.filter(isFile).slice(0, 1);
}

const NAMED = /\b(?:from|import|require\s*\()\s*["']([^"']+)["']|<reference\s+path="([^"]+)"/g;

/** Files that a text imports, exports from, or refers to; of packages, those that it exports all of. */
function* filesNamedIn(text: string, file: string): Generator<string> {
  for (const [, specifier, reference] of text.matchAll(NAMED)) {
    const path = reference ?? specifier ?? "";
    if (reference !== undefined || path.startsWith(".")) yield* declarationsAt(resolve(dirname(file), path));
  }
  for (const [, specifier = ""] of text.matchAll(/\bexport\s*\*\s*from\s*["']([^."'][^"']*)["']/g)) {
    const root = packageRoot(specifier, file);
    if (root !== undefined) yield* packageDeclarations(root, specifier, join(root, "index.js"));
  }
}

function packageRoot(specifier: string, file: string): string | undefined {
  const name = specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
  return createRequire(file)
    .resolve.paths(name)
    ?.map((folder) => join(folder, name))
    .find((folder) => isFile(join(folder, "package.json")));
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
