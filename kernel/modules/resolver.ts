// Where an import leads: relative to the file that has it, by the names of its project, to what is installed for the
// notebook; `loopbook` is always there, and files beside the notebook are loaded anew when they change.

import { existsSync } from "node:fs";
import { createRequire, type ResolveFnOutput, type ResolveHookContext } from "node:module";
import { extname, isAbsolute, join } from "node:path";
import { fileURLToPath, pathToFileURL, URL } from "node:url";
import type { FileVersions } from "./file-versions.ts";
import { placeless } from "./import-place.ts";
import type { JsxPackages } from "./jsx-packages.ts";
import { findFile, localPath, withoutVersion } from "./local-files.ts";
import type { NotebookPlace } from "./notebook-place.ts";
import { type NpmSpecifier, npmDirectory, npmParentUrl, parseNpmSpecifier } from "./npm-specifier.ts";
import type { ProjectNames } from "./project-names.ts";
import { webImportError } from "./web-imports.ts";

export type NextResolve = (specifier: string, context?: Partial<ResolveHookContext>) => ResolveFnOutput;

/** What `loopbook` and its subpaths resolve to, whatever is installed: the kernel and the cells share one loop. */
export type BuiltIn = { readonly [specifier: string]: string };

export interface ResolverParts {
  place: NotebookPlace;
  builtIn: BuiltIn;
  /** URLs that begin so are the kernel's own files: what they import is no business of any project. */
  own: readonly string[];
  names: ProjectNames;
  versions: FileVersions;
  jsxPackages: JsxPackages;
}

const IMPORTED_FROM = "loopbook-from:";

/** A specifier as a module at another URL imports it: that of a cell, say, which the module loader does not know. */
export const importedFrom = (parentUrl: string, specifier: string): string =>
  `${IMPORTED_FROM}${encodeURIComponent(parentUrl)}:${specifier}`;

/** Where an import in the module at `from` leads, as `import.meta.resolve` tells it there. */
export const resolveFrom = (specifier: string, from: string): string =>
  import.meta.resolve(importedFrom(from, specifier));

export class Resolver {
  readonly #parts: ResolverParts;

  constructor(parts: ResolverParts) {
    this.#parts = parts;
  }

  /** A resolve hook of `node:module`. */
  resolve(given: string, from: ResolveHookContext, next: NextResolve): ResolveFnOutput {
    const { specifier, context } = asImported(given, from);
    const url = this.#parts.builtIn[specifier];
    if (url !== undefined) return { url, shortCircuit: true };
    if (this.#parts.own.some((start) => context.parentURL?.startsWith(start))) return next(specifier, context);
    const importer = context.parentURL === undefined ? undefined : localPath(context.parentURL);
    const found =
      importer === undefined ? this.#named(specifier, context, next) : this.#from(importer, specifier, context, next);
    const path = localPath(found.url);
    if (path === undefined) return found;
    const { versions } = this.#parts;
    if (importer !== undefined) versions.addImport(importer, path);
    const version = versions.current(path);
    const bare = withoutVersion(found.url);
    const result = { ...found, shortCircuit: true, url: version > 0 ? `${bare}?v=${version}` : bare };
    // Nobody should have to write `with { type: "json" }` to read a file beside the notebook.
    return extname(path) === ".json" ? { ...result, importAttributes: { type: "json" } } : result;
  }

  /** By the names of the importer's project, before any package is looked for, as TypeScript does. */
  #from(importer: string, specifier: string, context: ResolveHookContext, next: NextResolve): ResolveFnOutput {
    const { names, versions } = this.#parts;
    const { candidates, source } = names.find(specifier, importer, context.conditions);
    // What the importer gets by this name may be another file once the one that says so has changed.
    if (source !== undefined && candidates.length > 0) versions.addImport(importer, source);
    for (const candidate of candidates) {
      if (!isAbsolute(candidate)) return this.#named(candidate, context, next);
      const file = findFile(candidate);
      if (file !== undefined) return fileAt(file);
    }
    return this.#named(specifier, context, next);
  }

  #named(specifier: string, context: ResolveHookContext, next: NextResolve): ResolveFnOutput {
    const named = parseNpmSpecifier(specifier);
    if (named) return this.#installed(named, specifier, context, next);
    if (/^https?:/.test(specifier)) throw webImportError(specifier);
    try {
      return resolveFile(specifier, context, next);
    } catch (error) {
      const own = this.#ownName(specifier, context.parentURL);
      if (own) return this.#installed(own, specifier, context, next);
      // What JSX in a file calls is in the package that cells have imported, where there is none beside the file.
      const forJsx = parseNpmSpecifier(this.#parts.jsxPackages.specifierOf(specifier));
      if (!forJsx || !/\/jsx(?:-dev)?-runtime$/.test(specifier)) throw error;
      return this.#installed(forJsx, specifier, context, next);
    }
  }

  /** A package that is installed under another name, and names itself: `preact` in `preact--10`. */
  #ownName(specifier: string, importer: string | undefined): NpmSpecifier | undefined {
    const packages = new URL("node_modules/", npmParentUrl(this.#parts.place)).href;
    if (!importer?.startsWith(packages)) return undefined;
    const alias = packageName(importer.slice(packages.length));
    const name = packageName(specifier);
    return alias.startsWith(`${name}--`)
      ? { name, range: "", subpath: specifier.slice(name.length), alias }
      : undefined;
  }

  #installed(
    { alias, subpath }: NpmSpecifier,
    specifier: string,
    context: ResolveHookContext,
    next: NextResolve,
  ): ResolveFnOutput {
    const { place } = this.#parts;
    if (!existsSync(join(npmDirectory(place), "node_modules", alias)))
      throw placeless(
        new Error(
          `${specifier} is not installed for this notebook yet. An import declaration, or import() in a cell or a TypeScript ` +
            "file, installs it; require() cannot wait for that.",
        ),
      );
    const parentURL = npmParentUrl(place);
    // `require` keeps to the file that it is called in.
    if (context.conditions.includes("require")) return fileAt(createRequire(parentURL).resolve(alias + subpath));
    return next(alias + subpath, { ...context, parentURL });
  }
}

/** `@scope/name` of `@scope/name/sub`, `name` of `name/sub`. */
const packageName = (path: string): string => path.split("/", path.startsWith("@") ? 2 : 1).join("/");

function asImported(given: string, context: ResolveHookContext): { specifier: string; context: ResolveHookContext } {
  if (!given.startsWith(IMPORTED_FROM)) return { specifier: given, context };
  const end = given.indexOf(":", IMPORTED_FROM.length);
  const parentURL = decodeURIComponent(given.slice(IMPORTED_FROM.length, end));
  return { specifier: given.slice(end + 1), context: { ...context, parentURL } };
}

/** As Node resolves; where that finds nothing, a file that a TypeScript compiler would find. */
function resolveFile(specifier: string, context: ResolveHookContext, next: NextResolve): ResolveFnOutput {
  try {
    return next(specifier, context);
  } catch (error) {
    if (!/^\.{0,2}\/|^\.{1,2}$|^file:/.test(specifier) || context.parentURL === undefined) throw error;
    const found = findFile(fileURLToPath(withoutVersion(new URL(specifier, context.parentURL).href)));
    if (found === undefined) throw error;
    return fileAt(found);
  }
}

const fileAt = (path: string): ResolveFnOutput => ({ url: pathToFileURL(path).href, shortCircuit: true });
