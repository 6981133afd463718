// Which way a piece of TypeScript becomes JavaScript: by the fast stripper where that will do, by the complete compiler
// where it will not. What the stripper cannot do is no error of the user's.

import { type Program, parseSync } from "oxc-parser";
import { type JavaScript, type Language, type StripOptions, stripTypes } from "./strip-types.ts";
import { CellSyntaxError, furthest } from "./syntax-error.ts";
import { childrenOf, type Node } from "./syntax-tree.ts";
import { exportedOr } from "./value-names.ts";

export interface TypeScript {
  language: Language;
  /** The code without types; undefined where only the complete compiler can do it. */
  stripped: JavaScript | undefined;
  /** The parsed code, where it has something that matters: an enum, a namespace, JSX, what the stripper cannot do. */
  program: Program | undefined;
}

/** Without one of these words there is nothing in the code that the stripper's JavaScript does not tell. */
const TELLING = /@|\b(?:accessor|enum|namespace|module)\b/;

/** Reads code as the first of `languages` that it is. Throws `CellSyntaxError` where it is none of them. */
export function readTypeScript(
  source: string,
  languages: readonly Language[],
  options: Omit<StripOptions, "language"> = {},
): TypeScript {
  const failures: CellSyntaxError[] = [];
  for (const language of languages) {
    try {
      const stripped = stripTypes(source, { ...options, language });
      const program = language === "tsx" || TELLING.test(source) ? parse(source, language).program : undefined;
      return { language, stripped: program && exceedsStripper(program) ? undefined : stripped, program };
    } catch (error) {
      if (!(error instanceof CellSyntaxError)) throw error;
      const { program, errors } = parse(source, language);
      if (errors.length === 0) return { language, stripped: undefined, program };
      failures.push(error);
    }
  }
  throw furthest(failures);
}

const parse = (source: string, language: Language) =>
  parseSync(`cell.${language}`, source, { lang: language, sourceType: "module", showSemanticErrors: true });

/** Whether there is something in it that the stripper leaves as it is, or does only in part. */
function exceedsStripper(program: Program): boolean {
  const enums = new Set<string>();
  const exceeds = (node: Node): boolean => {
    switch (node.type) {
      case "Decorator":
      case "AccessorProperty":
        return true;
      case "TSModuleDeclaration":
        if (isInstantiated(node)) return true;
        break;
      case "TSEnumDeclaration":
        // The second of a name adds to the first.
        if (enums.has(node.id.name)) return true;
        enums.add(node.id.name);
    }
    for (const child of childrenOf(node)) if (exceeds(child)) return true;
    return false;
  };
  return exceeds(program);
}

/** Whether a namespace is more than types. */
export function isInstantiated(node: Node): boolean {
  if (node.type !== "TSModuleDeclaration" || node.declare || node.kind === "global") return false;
  return (
    node.body?.body.some((statement) => {
      const own = exportedOr(statement);
      if (own.type === "TSModuleDeclaration") return isInstantiated(own);
      return own.type !== "TSInterfaceDeclaration" && own.type !== "TSTypeAliasDeclaration";
    }) ?? false
  );
}
