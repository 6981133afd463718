// TypeScript to JavaScript, the fast way: types go, enums, parameter properties and JSX become code, the rest stays.

import type { SourceMapInput } from "@jridgewell/trace-mapping";
import { type TransformOptions, transformSync } from "oxc-transform";
import { DEFAULT_JSX, type JsxOptions, jsxOf } from "./jsx.ts";
import { syntaxError } from "./syntax-error.ts";

/** `tsx` has JSX, and therefore no type assertions of the form `<T>x`. */
export type Language = "ts" | "tsx";

export interface JavaScript {
  code: string;
  map: () => SourceMapInput;
}

export interface StripOptions {
  language?: Language;
  jsx?: JsxOptions;
  /** Leaves out imports that nothing uses but as a type. Not in a cell: the next one may use them. */
  dropUnusedImports?: boolean;
}

/** Strips the types of a module. Throws `CellSyntaxError` at the first error, be it the code's or the stripper's own. */
export function stripTypes(source: string, options: StripOptions = {}): JavaScript {
  const { language = "ts", dropUnusedImports = false } = options;
  const result = transformSync(`cell.${language}`, source, {
    lang: language,
    sourceType: "module",
    target: "esnext",
    sourcemap: true,
    typescript: { onlyRemoveTypeImports: !dropUnusedImports },
    ...(language === "tsx" ? { jsx: jsxTransform(source, options.jsx ?? DEFAULT_JSX) } : {}),
  });
  const [error] = result.errors;
  if (error) throw syntaxError(error, source);
  const { map } = result;
  if (!map) throw new Error("the type stripper gave no source map");
  return { code: result.code, map: () => ({ ...map, version: 3, file: "cell.ts" }) };
}

function jsxTransform(source: string, options: JsxOptions): NonNullable<TransformOptions["jsx"]> {
  const { runtime, importSource, factory, fragment } = jsxOf(source, options);
  return runtime === "classic"
    ? { runtime, pragma: factory, pragmaFrag: fragment, pure: false }
    : { runtime, importSource, pure: false };
}
