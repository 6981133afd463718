// Errors of the module loader as the user should read them: what was imported where, and what to do.

import { pathToFileURL } from "node:url";
import { type Position, positionAt } from "../compile/positions.ts";
import { CellSyntaxError } from "../compile/syntax-error.ts";
import { importedAt, placeless } from "./import-place.ts";
import { pathOf } from "./local-files.ts";
import type { ModuleSource } from "./module-source.ts";

/** That a module is not found is told with where it was looked for and what to do; other errors stay what they are. */
export function explained(error: unknown, specifier: string, directory: string): unknown {
  if (!(error instanceof Error) || !("code" in error)) return error;
  if (error.code !== "ERR_MODULE_NOT_FOUND" && error.code !== "MODULE_NOT_FOUND") return error;
  return notFound(specifier, directory);
}

export function notFound(specifier: string, directory: string): Error {
  const isFile = /^(?:\.{0,2}\/|\.{1,2}$|file:|node:|[A-Za-z]:\\)/.test(specifier);
  const packageName = specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
  const message = isFile
    ? `Cannot find module '${specifier}' from ${directory}`
    : `Cannot find package '${packageName}' from ${directory}. Install it there: npm install ${packageName}. ` +
      `Or have it installed for this notebook: import … from "npm:${packageName}"`;
  return Object.assign(placeless(new Error(message)), { code: "ERR_MODULE_NOT_FOUND" });
}

/** `reason`: why, or the names that the module has. */
export function noSuchExport(
  specifier: string,
  missing: readonly string[],
  reason: string | readonly string[],
): SyntaxError {
  const what =
    missing.length === 1 && missing[0] === "default"
      ? "has no default export"
      : `does not provide an export named ${missing.map((name) => JSON.stringify(name)).join(", ")}`;
  return placeless(
    new SyntaxError(
      `The requested module ${JSON.stringify(specifier)} ${what}. ` +
        (typeof reason === "string" ? reason : `It has: ${listed(reason)}`),
    ),
  );
}

const LISTED = 20;

function listed(all: readonly string[]): string {
  const names = all.filter((name) => name !== "module.exports");
  const shown = names.slice(0, LISTED).join(", ");
  return names.length > LISTED ? `${shown}, … (${names.length} in all)` : shown || "nothing";
}

/** What `placed` finds places in. */
export interface PlaceSources {
  /** Modules that may be at fault, as URLs. */
  urls: Iterable<string>;
  textOf: (url: string) => ModuleSource | undefined;
}

/** Gives an error of V8's, or of the loader's, the place in the module that they find wrong. */
export function placed(error: unknown, sources: PlaceSources): unknown {
  if (!(error instanceof SyntaxError) || error instanceof CellSyntaxError) return error;
  const { file, position } = placeInStack(error, sources) ?? placeByParser(sources) ?? {};
  if (file === undefined) return error;
  placeless(error);
  importedAt(error, file, position);
  return error;
}

interface Place {
  file: string;
  position: Position;
}

/** They write it above the message, with the line itself and marks below that. */
function placeInStack(error: Error, { textOf }: PlaceSources): Place | undefined {
  const [first = "", , marks = ""] = String(error.stack).split("\n");
  const { name, line } = /^(?<name>file:.+|\/.+|[A-Z]:\\.+):(?<line>\d+)$/.exec(first)?.groups ?? {};
  if (name === undefined) return undefined;
  const url = name.startsWith("file:") ? name : pathToFileURL(name).href;
  const file = pathOf(url);
  if (file === undefined) return undefined;
  const generated: Position = { line: Number(line), column: Math.max(marks.indexOf("^"), 0) + 1 };
  return { file, position: textOf(url)?.positions(generated) ?? generated };
}

/** Or they keep it to themselves: then a parser tells which of the modules it was. */
function placeByParser({ urls, textOf }: PlaceSources): Place | undefined {
  for (const url of urls) {
    const [file, text] = [pathOf(url), textOf(url)];
    const offset = text?.record().error;
    if (file === undefined || text === undefined || offset === undefined) continue;
    const generated = positionAt(text.code, offset);
    return { file, position: text.positions(generated) ?? generated };
  }
  return undefined;
}
