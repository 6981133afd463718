// What the fast type stripper cannot do, esbuild does: it knows all of TypeScript, and turns into older syntax what V8
// does not run yet, decorators and `accessor`. It is loaded for the first code that needs it.

import { createRequire } from "node:module";
import type { TransformOptions } from "esbuild";
import { DEFAULT_JSX, type JsxOptions, jsxOf } from "./jsx.ts";
import type { Position } from "./positions.ts";
import type { JavaScript, Language } from "./strip-types.ts";
import { CellSyntaxError, utf16Length } from "./syntax-error.ts";

export interface LowerOptions {
  language: Language;
  jsx?: JsxOptions | undefined;
  /** TypeScript's older decorators instead of the standard ones. */
  experimentalDecorators?: boolean | undefined;
  /** Leaves out imports that nothing uses but as a type. */
  dropUnusedImports?: boolean | undefined;
}

/** Rejects with `CellSyntaxError` at an error of the code. */
export async function lowerSyntax(source: string, options: LowerOptions): Promise<JavaScript> {
  const { transform } = await import("esbuild");
  const result = await transform(source, transformOptions(source, options)).catch((error: unknown) => {
    throw esbuildError(error);
  });
  return { code: result.code, map: () => result.map };
}

/** As `lowerSyntax`, for the module loader, which cannot wait. Throws `CellSyntaxError` at an error of the code. */
export function lowerSyntaxSync(source: string, options: LowerOptions): JavaScript {
  const { transformSync }: typeof import("esbuild") = createRequire(import.meta.url)("esbuild");
  try {
    const result = transformSync(source, transformOptions(source, options));
    return { code: result.code, map: () => result.map };
  } catch (error) {
    throw esbuildError(error);
  }
}

function transformOptions(source: string, options: LowerOptions) {
  const { language, experimentalDecorators = false, dropUnusedImports = false } = options;
  const { runtime, importSource, factory, fragment } = jsxOf(source, options.jsx ?? DEFAULT_JSX);
  return {
    loader: language,
    format: "esm",
    target: "esnext",
    supported: { decorators: false },
    sourcemap: "external",
    sourcefile: "cell.ts",
    keepNames: false,
    jsx: runtime === "classic" ? "transform" : "automatic",
    jsxImportSource: importSource,
    jsxFactory: factory,
    jsxFragment: fragment,
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: !dropUnusedImports, experimentalDecorators } },
  } satisfies TransformOptions;
}

function esbuildError(error: unknown): unknown {
  if (typeof error !== "object" || error === null || !("errors" in error) || !Array.isArray(error.errors)) return error;
  const [first]: { text?: unknown; location?: { line?: unknown; column?: unknown; lineText?: unknown } | null }[] =
    error.errors;
  if (typeof first?.text !== "string") return error;
  const { line, column, lineText } = first.location ?? {};
  const position: Position | undefined =
    typeof line === "number" && typeof column === "number" && typeof lineText === "string"
      ? { line, column: utf16Length(lineText, column) + 1 }
      : undefined;
  return new CellSyntaxError(first.text, position);
}
