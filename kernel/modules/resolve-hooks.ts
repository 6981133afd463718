// How imports of cells find their modules: relative to the notebook, `.ts` files and notebooks included, `loopbook`
// always there, files beside the notebook loaded anew when they change.

import { existsSync, statSync } from "node:fs";
import {
  type LoadFnOutput,
  type LoadHookContext,
  type ResolveFnOutput,
  type ResolveHookContext,
  registerHooks,
} from "node:module";
import { extname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { FileVersions } from "./file-versions.ts";
import { type ModuleSource, notebookModule, typeScriptModule } from "./module-source.ts";
import type { NotebookPlace } from "./notebook-place.ts";
import { npmParentUrl, parseNpmSpecifier } from "./npm-specifier.ts";
import { type PathAliases, pathAliases } from "./path-aliases.ts";

/** Marks a specifier as imported by a cell, whose own URL the module loader does not know. */
export const CELL_IMPORT = "loopbook-cell:";

export interface ResolveHooksOptions {
  place: NotebookPlace;
  /** What `loopbook` and its subpaths resolve to, whatever is installed: the kernel and the cells share one loop. */
  builtIn: { [specifier: string]: string };
  /** Told of each file that does not belong to a package, when it is first imported. */
  onFile: (path: string) => void;
  /** Told of each source that is not run as it was written. */
  onSource: (url: string, source: ModuleSource) => void;
}

/** Installs the hooks for this thread. */
export function installResolveHooks(options: ResolveHooksOptions): void {
  const versions = new FileVersions(options.onFile);
  const aliases = pathAliases(options.place.directory);
  registerHooks({
    resolve: (specifier, context, next) => resolve(specifier, context, next, options, versions, aliases),
    load: (url, context, next) => load(url, context, next, options),
  });
}

type NextResolve = (specifier: string, context?: Partial<ResolveHookContext>) => ResolveFnOutput;
type NextLoad = (url: string, context?: Partial<LoadHookContext>) => LoadFnOutput;

function resolve(
  given: string,
  context: ResolveHookContext,
  next: NextResolve,
  { place, builtIn }: ResolveHooksOptions,
  versions: FileVersions,
  aliases: PathAliases,
): ResolveFnOutput {
  const fromCell = given.startsWith(CELL_IMPORT);
  const specifier = fromCell ? given.slice(CELL_IMPORT.length) : given;
  const url = builtIn[specifier];
  if (url !== undefined) return { url, shortCircuit: true };

  const named = parseNpmSpecifier(specifier);
  if (named) return next(named.alias + named.subpath, { ...context, parentURL: npmParentUrl(place) });

  const parentURL = fromCell ? place.url : context.parentURL;
  const importer = parentURL === undefined ? undefined : localPath(parentURL);
  const aliased = importer === undefined ? undefined : resolveAlias(specifier, aliases);
  const found = aliased ?? resolveFile(specifier, { ...context, parentURL }, next);
  const path = localPath(found.url);
  if (path === undefined) return found;
  if (importer !== undefined) versions.addImport(importer, path);
  const version = versions.current(path);
  const result = { ...found, shortCircuit: true, url: version > 0 ? `${bare(found.url)}?v=${version}` : found.url };
  // Nobody should have to write `with { type: "json" }` to read a file beside the notebook.
  return extname(path) === ".json" ? { ...result, importAttributes: { type: "json" } } : result;
}

/** As Node resolves; where that finds nothing, `./name` also finds name.ts, and `./name.js` the name.ts it is made from. */
function resolveFile(specifier: string, context: ResolveHookContext, next: NextResolve): ResolveFnOutput {
  try {
    return next(specifier, context);
  } catch (error) {
    if (!/^\.{0,2}\//.test(specifier) || context.parentURL === undefined) throw error;
    const base = fileURLToPath(new URL(specifier, context.parentURL));
    const found = completed(base).find((path) => path !== base && existsSync(path));
    if (found === undefined) throw error;
    return fileAt(found);
  }
}

/** As TypeScript does, before any package is looked for. */
function resolveAlias(specifier: string, aliases: PathAliases): ResolveFnOutput | undefined {
  const path = aliases(specifier)
    .flatMap((alias) => [alias, ...completed(alias)])
    .find((candidate) => statSync(candidate, { throwIfNoEntry: false })?.isFile());
  return path === undefined ? undefined : fileAt(path);
}

const completed = (base: string): string[] => [
  ...[".ts", ".mts", ".tsx", ".js", ".mjs", ".json", "/index.ts", "/index.js"].map((end) => base + end),
  base.replace(/\.([mc]?)js$/, ".$1ts"),
];

const fileAt = (path: string): ResolveFnOutput => ({ url: pathToFileURL(path).href, shortCircuit: true });

/** The path of a file that belongs to the user, not to a package. */
function localPath(url: string): string | undefined {
  if (!url.startsWith("file:") || url.includes("/node_modules/")) return undefined;
  return fileURLToPath(bare(url));
}

const bare = (url: string): string => url.replace(/[?#].*$/, "");

function load(url: string, context: LoadHookContext, next: NextLoad, { onSource }: ResolveHooksOptions): LoadFnOutput {
  const path = localPath(url);
  const read = path === undefined ? undefined : READERS[extname(path)];
  if (path === undefined || !read) return next(url, context);
  const source = read(path);
  onSource(url, source);
  return { format: "module", source: source.code, shortCircuit: true };
}

const READERS: { [extension: string]: (path: string) => ModuleSource } = {
  ".ts": typeScriptModule,
  ".mts": typeScriptModule,
  ".ipynb": notebookModule,
};
