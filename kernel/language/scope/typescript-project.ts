// The project that cells are checked in, as a tsconfig.json that lies beside the notebook in the server's memory only:
// imports of cells find what is beside the notebook, and the user's folder is not written to.

import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { NotebookPlace } from "../../modules/notebook-place.ts";
import { npmTypesFile } from "../../modules/npm-specifier.ts";
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

/** The text of the project file of a notebook: its folder's own tsconfig.json, if it has one, over our defaults. */
export function projectConfig(place: NotebookPlace): string {
  const { directory } = place;
  const own = join(directory, "tsconfig.json");
  return JSON.stringify({
    extends: [file("cell-tsconfig.json"), ...(existsSync(own) ? [own] : [])],
    compilerOptions: FORCED,
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
