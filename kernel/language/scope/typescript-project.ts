// The project that cells are checked in, as a tsconfig.json that lies beside the notebook in the server's memory only:
// imports of cells find what is beside the notebook, and the user's folder is not written to.

import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { filesAbove, nearestAbove } from "../../modules/folders-above.ts";
import { IMPORT_MAP_FILES, importMapTable } from "../../modules/import-map.ts";
import type { NotebookPlace } from "../../modules/notebook-place.ts";
import { npmTypesFile } from "../../modules/npm-specifier.ts";
import { pathsTable } from "../../modules/tsconfig-paths.ts";
import { DOCUMENT_PREFIX, draftFile, IMPORTABLE_FILE, SCOPE_FILE } from "./notebook-scope.ts";

/** What holds for cells whatever a tsconfig.json says: it is how the kernel runs them. */
const FORCED = {
  module: "esnext",
  moduleResolution: "bundler",
  allowImportingTsExtensions: true,
  noEmit: true,
  // Enums run, and imports of types are left out, however they are written.
  erasableSyntaxOnly: false,
  verbatimModuleSyntax: false,
  // These are about files that a compiler writes.
  composite: false,
  incremental: false,
  declaration: false,
  declarationMap: false,
  emitDeclarationOnly: false,
  isolatedDeclarations: false,
  rootDir: null,
  // Among the paths: the checker does not know it any more.
  baseUrl: null,
};

export const CONFIG_FILE = "tsconfig.json";

/**
 * For a document that is not in the project, the server makes another one: the project file is a document too, and the
 * modules of cells are imported by one of these. A pattern would find them as well, and have the server read the whole
 * folder each time that a document is opened.
 */
const OUR_FILES = [
  CONFIG_FILE,
  SCOPE_FILE,
  IMPORTABLE_FILE,
  ...(["check", "question"] as const).flatMap((purpose) =>
    [false, true].flatMap((importing) => [false, true].map((jsx) => draftFile(purpose, { importing, jsx }))),
  ),
];

export const CONFIG_NAME = DOCUMENT_PREFIX + CONFIG_FILE;

/** The files that the project file is made from. */
const SOURCES = new Set([CONFIG_FILE, "package.json", ...IMPORT_MAP_FILES]);

/** Whether the project file may have to be another one, because these files have changed. */
export const changesProject = (paths: readonly string[]): boolean => paths.some((path) => SOURCES.has(basename(path)));

/** The text of the project file of a notebook: its folder's own tsconfig.json, if it has one, over our defaults. */
export function projectConfig(place: NotebookPlace): string {
  const { directory } = place;
  const own = join(directory, "tsconfig.json");
  const paths = projectPaths(place);
  return JSON.stringify({
    extends: [file("cell-tsconfig.json"), ...(existsSync(own) ? [own] : [])],
    compilerOptions: { ...FORCED, ...(Object.keys(paths).length > 0 ? { paths } : {}) },
    files: [
      ...nodeTypes(directory),
      file("cell-globals.d.ts"),
      npmTypesFile(place),
      ...OUR_FILES.map((name) => join(directory, DOCUMENT_PREFIX + name)),
    ],
    // Else those of the folder's own tsconfig.json would be checked too.
    include: [],
  });
}

/** What imports of cells lead to by the names of the project, as when they run. */
function projectPaths({ filename }: NotebookPlace): { [pattern: string]: readonly string[] } {
  const tsconfig = nearestAbove(filename, [CONFIG_FILE]);
  const maps = [...filesAbove(filename, IMPORT_MAP_FILES)].toReversed();
  return Object.assign({}, ...maps.map(importMapTable), tsconfig === undefined ? {} : pathsTable(tsconfig));
}

/** The built kernel is one folder, and has these files in it. */
const file = (name: string): string => fileURLToPath(new URL(`./${name}`, import.meta.url));

/** Node's types: those that the user has installed, or ours. Two versions of them contradict each other. */
function nodeTypes(directory: string): string[] {
  for (const from of [join(directory, "notebook.js"), fileURLToPath(import.meta.url)]) {
    try {
      return [join(dirname(createRequire(from).resolve("@types/node/package.json")), "index.d.ts")];
    } catch {
      // Not there.
    }
  }
  return [];
}
