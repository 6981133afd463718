// What a tsconfig.json says about how TypeScript becomes JavaScript.

import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { DEFAULT_JSX, type JsxOptions } from "../compile/jsx.ts";
import { nearestAbove } from "./folders-above.ts";

export interface CompilerOptions {
  /** TypeScript's older decorators instead of the standard ones. */
  experimentalDecorators: boolean;
  jsx: JsxOptions;
}

const DEFAULT: CompilerOptions = { experimentalDecorators: false, jsx: DEFAULT_JSX };

/** Of cells: as the notebook's own tsconfig.json says. */
export function compilerOptions(directory: string): CompilerOptions {
  const file = join(directory, "tsconfig.json");
  // Most notebooks have none: only the others wait for the library.
  return existsSync(file) ? read(file) : DEFAULT;
}

/** Of a file that is imported: as the nearest tsconfig.json says. */
export function compilerOptionsOf(path: string): CompilerOptions {
  const file = nearestAbove(path, ["tsconfig.json"]);
  return file === undefined ? DEFAULT : read(file);
}

function read(file: string): CompilerOptions {
  try {
    const library: typeof import("get-tsconfig") = createRequire(import.meta.url)("get-tsconfig");
    const { compilerOptions: said = {} } = library.parseTsconfig(file);
    return {
      experimentalDecorators: said.experimentalDecorators === true,
      jsx: {
        // `preserve` leaves JSX to another compiler, and does not say what that does.
        runtime: said.jsx === "react" ? "classic" : "automatic",
        importSource: said.jsxImportSource ?? DEFAULT_JSX.importSource,
        factory:
          said.jsxFactory ?? (said.reactNamespace ? `${said.reactNamespace}.createElement` : DEFAULT_JSX.factory),
        fragment: said.jsxFragmentFactory ?? DEFAULT_JSX.fragment,
      },
    };
  } catch {
    // It is no tsconfig.json: the type checker has more to say about that.
    return DEFAULT;
  }
}
