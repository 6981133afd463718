// TypeScript to JavaScript: types go, enums, namespaces and parameter properties become code, the rest stays as written.

import type { SourceMapInput } from "@jridgewell/trace-mapping";
import { transformSync } from "oxc-transform";
import { type Position, positionAt } from "./positions.ts";
import { CellSyntaxError } from "./syntax-error.ts";

export interface JavaScript {
  code: string;
  map: () => SourceMapInput;
}

/** Strips the types of a module. Throws `CellSyntaxError` at the first error of the parser. */
export function stripTypes(source: string): JavaScript {
  const result = transformSync("cell.ts", source, {
    lang: "ts",
    sourceType: "module",
    target: "esnext",
    sourcemap: true,
    // An import that this cell does not use may be what the next cell is about.
    typescript: { onlyRemoveTypeImports: true },
  });
  const [error] = result.errors;
  if (error) {
    const label = error.labels.at(-1);
    throw new CellSyntaxError(
      error.message.replace(/^TS\(\d+\): /, ""),
      label && positionAt(source, utf16Offset(source, label.start)),
      error.helpMessage ?? undefined,
    );
  }
  const { map } = result;
  if (!map) throw new Error("the type stripper gave no source map");
  return { code: result.code, map: () => ({ ...map, version: 3, file: "cell.ts" }) };
}

/**
 * As `stripTypes`, and turns decorators into calls, which V8 does not run yet. Standard ones, or TypeScript's older ones
 * where the notebook's tsconfig.json says `experimentalDecorators`. esbuild is loaded for the first cell that has one.
 */
export async function lowerDecorators(source: string, experimental: boolean): Promise<JavaScript> {
  const { transform } = await import("esbuild");
  const result = await transform(source, {
    loader: "ts",
    format: "esm",
    target: "esnext",
    supported: { decorators: false },
    sourcemap: "external",
    sourcefile: "cell.ts",
    keepNames: false,
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true, experimentalDecorators: experimental } },
  }).catch((error: unknown) => {
    throw esbuildError(error);
  });
  return { code: result.code, map: () => result.map };
}

function esbuildError(error: unknown): unknown {
  if (typeof error !== "object" || error === null || !("errors" in error) || !Array.isArray(error.errors)) return error;
  const [first]: { text?: unknown; location?: { line?: unknown; column?: unknown } | null }[] = error.errors;
  if (typeof first?.text !== "string") return error;
  const { line, column } = first.location ?? {};
  const position: Position | undefined =
    typeof line === "number" && typeof column === "number" ? { line, column: column + 1 } : undefined;
  return new CellSyntaxError(first.text, position);
}

/** The stripper counts bytes of UTF-8 where it reports an error; everything else here counts UTF-16 units. */
function utf16Offset(source: string, byteOffset: number): number {
  return Buffer.from(source, "utf8").subarray(0, byteOffset).toString("utf8").length;
}
