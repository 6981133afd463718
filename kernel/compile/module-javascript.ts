// A file that a cell imports, from TypeScript to JavaScript: as cells are compiled, but all of it at once.

import type { JsxOptions } from "./jsx.ts";
import { lowerSyntaxSync } from "./lower-syntax.ts";
import { joinNamespaces } from "./namespaces.ts";
import { chain, type PositionStep, sourceMapStep } from "./positions.ts";
import { Rewriter } from "./rewriter.ts";
import type { Language } from "./strip-types.ts";
import { readTypeScript } from "./typescript.ts";

export interface ModuleLanguageOptions {
  /** `tsx` for files that may have JSX. */
  language: Language;
  /** TypeScript's older decorators instead of the standard ones. */
  experimentalDecorators?: boolean | undefined;
  jsx?: JsxOptions | undefined;
  /** Leaves out imports that nothing uses but as types. Default: true. */
  dropUnusedImports?: boolean;
}

export interface ModuleJavaScript {
  code: string;
  /** From places in `code` to places in what the user wrote. */
  positions: PositionStep;
}

/**
 * Compiles a module: types, decorators, JSX and all else of TypeScript. Throws `CellSyntaxError`, with the place in the file.
 */
export function moduleToJavaScript(source: string, options: ModuleLanguageOptions): ModuleJavaScript {
  const { language, experimentalDecorators, jsx, dropUnusedImports = true } = options;
  const read = readTypeScript(source, [language], { dropUnusedImports, ...(jsx ? { jsx } : {}) });
  if (read.stripped) return { code: read.stripped.code, positions: sourceMapStep(read.stripped.map) };
  const text = new Rewriter(source);
  if (read.program) joinNamespaces(read.program, () => undefined, text);
  const lowered = lowerSyntaxSync(text.toString(), { language, experimentalDecorators, jsx, dropUnusedImports });
  return { code: lowered.code, positions: chain([sourceMapStep(lowered.map), sourceMapStep(() => text.map())]) };
}
