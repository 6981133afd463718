// `npm:lodash-es@4/fp`: how a cell names a package, and where a notebook has it.

import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { NotebookPlace } from "./notebook-place.ts";

export interface NpmSpecifier {
  name: string;
  /** A version, a range or a tag; empty for the latest. */
  range: string;
  /** Of a module inside the package: `/fp`, or nothing. */
  subpath: string;
  /** What the package is called where it is installed: two versions of it can be there. */
  alias: string;
}

const SPECIFIER = /^npm:\/?((?:@\w[\w.~-]*\/)?\w[\w.~-]*)(?:@([\w.~^*-]+))?(\/[\w./@~-]+)?$/;

/** Reads `npm:name@range/subpath`. Undefined for any other specifier. */
export function parseNpmSpecifier(specifier: string): NpmSpecifier | undefined {
  const [, name, range = "", subpath = ""] = SPECIFIER.exec(specifier) ?? [];
  if (name === undefined) return undefined;
  const version = range === "" ? "" : `--${range.replaceAll(/[^\w.-]/g, "_").toLowerCase()}`;
  return { name, range, subpath, alias: name + version };
}

/** Where the packages of a notebook are installed. */
export const npmDirectory = ({ directory, filename }: NotebookPlace): string =>
  join(directory, ".loopbook", basename(filename, ".ipynb"));

/** The declarations that give `npm:` specifiers their types. */
export const npmTypesFile = (place: NotebookPlace): string => join(npmDirectory(place), "npm.d.ts");

/** What the packages are resolved from. */
export const npmParentUrl = (place: NotebookPlace): string =>
  pathToFileURL(join(npmDirectory(place), "package.json")).href;
