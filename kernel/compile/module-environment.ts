// What a file finds around it, as a cell does: `require`, `module` and the like of its own place, and an `import()` that
// installs what it names. A file without a word of modules in it, other than those of CommonJS, is CommonJS.

import { type Program, parseSync } from "oxc-parser";
import { Intrinsic } from "./intrinsics.ts";
import { type PositionStep, sourceMapStep } from "./positions.ts";
import { Rewriter } from "./rewriter.ts";
import { childrenOf, type Node } from "./syntax-tree.ts";
import { valueNames } from "./value-names.ts";
import { visitVariables } from "./variables.ts";

export type ModuleFormat = "module" | "commonjs";

export interface ModuleInEnvironment {
  code: string;
  format: ModuleFormat;
  /** From places in `code` to places before. */
  positions: PositionStep | undefined;
}

const COMMON_JS = ["require", "module", "exports", "__filename", "__dirname"];
const MENTIONED = /\b(?:require|module|exports|__filename|__dirname)\b|\bimport\s*\(/;

/** `code` is JavaScript. `isCommonJs`: its name says so. */
export function inEnvironment(code: string, isCommonJs: boolean): ModuleInEnvironment {
  // Most files ask for nothing of it.
  if (!isCommonJs && !MENTIONED.test(code)) return { code, format: "module", positions: undefined };
  const { program, module } = parseSync("module.js", code, { lang: "js", sourceType: "module" });
  const free = freeNames(program);
  const format = isCommonJs || (!module.hasModuleSyntax && free.size > 0 && !awaits(code)) ? "commonjs" : "module";
  const text = new Rewriter(code);
  const here = format === "module" ? "import.meta.filename" : "__filename";
  redirectImports(program, here, text);
  if (format === "module" && free.size > 0) {
    const names = [...free].join(", ");
    text.insertAfter(
      program.hashbang?.end ?? 0,
      `${program.hashbang ? "\n" : ""}const { ${names} } = ${Intrinsic.commonJs}(${here}); `,
    );
  }
  return { code: text.toString(), format, positions: sourceMapStep(() => text.map()) };
}

function freeNames(program: Program): Set<string> {
  const own = new Set(valueNames(program.body));
  const free = new Set<string>();
  visitVariables(program, ({ node: { name }, scopes }) => {
    if (COMMON_JS.includes(name) && !own.has(name) && !scopes.hide(name)) free.add(name);
  });
  return free;
}

/** Whether there is an `await` at the top level, which only modules have. */
const awaits = (code: string): boolean =>
  /\bawait\b/.test(code) && parseSync("module.cjs", code, { lang: "js", sourceType: "commonjs" }).errors.length > 0;

function redirectImports(node: Node, here: string, text: Rewriter): void {
  if (node.type === "ImportExpression")
    text.replace(node.start, node.start + "import".length, `${Intrinsic.importInFile}(${here})`);
  for (const child of childrenOf(node)) redirectImports(child, here, text);
}
