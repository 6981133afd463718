// `npm:lodash-es@4/fp`, `jsr:@std/assert`: how a cell names a package, and where a notebook has it.

import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { NotebookPlace } from "./notebook-place.ts";

export interface NpmSpecifier {
  /** As npm knows it: what JSR calls `@std/assert` is `@jsr/std__assert`. */
  name: string;
  /** A version, a range or a tag; empty for the latest. */
  range: string;
  /** Of a module inside the package: `/fp`, or nothing. */
  subpath: string;
  /** What the package is called where it is installed: two versions of it can be there. */
  alias: string;
  /** What JSR calls it, if it is a package of JSR's. */
  jsr?: string;
}

const NPM = /^npm:\/?((?:@\w[\w.~-]*\/)?\w[\w.~-]*)(?:@([\w.~^*-]+))?(\/[\w./@~-]+)?$/;
const JSR = /^jsr:\/?(@([\w-]+)\/([\w-]+))(?:@([\w.~^*-]+))?(\/[\w./@~-]+)?$/;

/** Whether a specifier begins as one of a package that is installed for the notebook does. */
export const namesPackage = (specifier: string): boolean => /^(?:npm|jsr):/.test(specifier);

/** Reads `npm:name@range/subpath`, or `jsr:@scope/name@range/subpath`. Undefined for any other specifier. */
export function parseNpmSpecifier(specifier: string): NpmSpecifier | undefined {
  const [, jsr, scope, jsrName, jsrRange = "", jsrSubpath = ""] = JSR.exec(specifier) ?? [];
  if (jsr !== undefined)
    return { ...named(`@jsr/${scope}__${jsrName}`, jsrRange), range: jsrRange, subpath: jsrSubpath, jsr };
  const [, name, range = "", subpath = ""] = NPM.exec(specifier) ?? [];
  return name === undefined ? undefined : { ...named(name, range), range, subpath };
}

function named(name: string, range: string): { name: string; alias: string } {
  const version = range === "" ? "" : `--${range.replaceAll(/[^\w.-]/g, "_").toLowerCase()}`;
  return { name, alias: name + version };
}

/** Where the packages of a notebook are installed. */
export const npmDirectory = ({ directory, filename }: NotebookPlace): string =>
  join(directory, ".loopbook", basename(filename, ".ipynb"));

/** The declarations that give `npm:` specifiers their types. */
export const npmTypesFile = (place: NotebookPlace): string => join(npmDirectory(place), "npm.d.ts");

/** What the packages are resolved from. */
export const npmParentUrl = (place: NotebookPlace): string =>
  pathToFileURL(join(npmDirectory(place), "package.json")).href;
