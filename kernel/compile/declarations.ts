// Top-level declarations, made uniform: V8's REPL mode lets `let` replace `let`, and nothing else anything else.

import type { Class, Function as FunctionNode, Statement, VariableDeclaration } from "oxc-parser";
import { Intrinsic } from "./intrinsics.ts";
import type { Rewriter } from "./rewriter.ts";
import { declaredNames, isFunction, lexicalNames, type Node, varDeclarations } from "./syntax-tree.ts";

export interface Declared {
  /** Every name that the cell declares at its top level, imports included. */
  names: Set<string>;
  /** Those that may not be assigned to. */
  constants: Set<string>;
}

/** Rewrites the top-level declarations among `statements` and tells what they declare. */
export function rewriteDeclarations(statements: readonly Statement[], text: Rewriter): Declared {
  const declared: Declared = { names: new Set(), constants: new Set() };
  const functions = new Set<string>();
  const hoistTo = statements.find((statement) => !isHoisted(statement))?.start;

  for (const statement of statements) {
    const declaration = declarationOf(statement);
    if (!declaration) continue;
    if (declaration !== statement) text.remove(statement.start, declaration.start);
    if (declaration.type === "VariableDeclaration") rewriteVariables(declaration, declared, text);
    else if (declaration.id) {
      const { name } = declaration.id;
      const again = functions.has(name);
      declared.names.add(name);
      text.open(declaration, again ? `${name} = ` : `let ${name} = `);
      text.close(declaration, ";");
      if (declaration.type === "ClassDeclaration") continue; // a class sees itself by its own name while it is made
      functions.add(name);
      // Anonymous, so that a recursive call finds the latest definition; the name is inferred from the variable.
      text.remove(declaration.id.start, declaration.id.end);
      if (hoistTo !== undefined && statement.start > hoistTo) text.move(statement.start, statement.end, hoistTo);
    }
  }

  const variables = new Set<string>();
  for (const statement of statements) {
    for (const declaration of isFunction(statement) ? [] : varDeclarations(statement)) {
      for (const name of declaredNames(declaration)) if (!functions.has(name)) variables.add(name);
      rewriteVar(declaration, declaration === declarationOf(statement), text);
    }
  }
  for (const name of variables) declared.names.add(name);
  if (variables.size > 0) text.prepend(`let ${[...variables].join(", ")}; `);
  return declared;
}

/** What a statement declares, with or without `export` before it. */
export function declarationOf(statement: Node): VariableDeclaration | FunctionNode | Class | undefined {
  switch (statement.type) {
    case "VariableDeclaration":
    case "FunctionDeclaration":
    case "ClassDeclaration":
      return statement;
    case "ExportNamedDeclaration": {
      const { declaration } = statement;
      const isPlain =
        declaration?.type === "VariableDeclaration" ||
        declaration?.type === "FunctionDeclaration" ||
        declaration?.type === "ClassDeclaration";
      return isPlain ? declaration : undefined;
    }
    case "ExportDefaultDeclaration": {
      const { declaration } = statement;
      const isNamed = declaration.type === "FunctionDeclaration" || declaration.type === "ClassDeclaration";
      return isNamed && declaration.id ? declaration : undefined;
    }
    default:
      return undefined;
  }
}

/** Statements that take effect before all others of the cell: imports, and function declarations. */
export const isHoisted = (statement: Statement): boolean =>
  statement.type === "ImportDeclaration" || declarationOf(statement)?.type === "FunctionDeclaration";

function rewriteVariables(declaration: VariableDeclaration, declared: Declared, text: Rewriter): void {
  const { kind } = declaration;
  if (kind === "var") return; // see rewriteVar
  const [first] = declaration.declarations;
  if (!first) return;
  for (const name of declaredNames(declaration)) {
    declared.names.add(name);
    if (kind !== "let") declared.constants.add(name);
  }
  if (kind !== "let") text.replace(declaration.start, declaration.start + keywordLength(declaration, text), "let ");
  if (kind !== "using" && kind !== "await using") return;
  // REPL mode never disposes of these; the cell does when it ends.
  for (const { init } of declaration.declarations) {
    if (!init) continue;
    text.open(init, `${kind === "using" ? Intrinsic.use : Intrinsic.useAsync}(`);
    text.close(init, ")");
  }
}

/** `var x = 1` becomes the assignment `(x = 1)`, wherever it stands: its `let` is at the top of the cell. */
function rewriteVar(declaration: VariableDeclaration, isStatement: boolean, text: Rewriter): void {
  const [first] = declaration.declarations;
  const last = declaration.declarations.at(-1);
  if (!first || !last) return;
  text.remove(declaration.start, first.start);
  const isLoopTarget = declaration.declarations.length === 1 && !first.init;
  if (!isStatement && isLoopTarget) return; // `for (var x of xs)`
  text.open(first, "(");
  text.close(last, ")");
}

function keywordLength(declaration: VariableDeclaration, text: Rewriter): number {
  const match = /^(?:await\s+using|using|const)\s+/.exec(text.slice(declaration));
  return match?.[0].length ?? 0;
}

/** The lexical names of a list of statements, exported ones included. */
export function* topLevelNames(statements: readonly Statement[]): Generator<string> {
  yield* lexicalNames(statements.map((statement) => declarationOf(statement) ?? statement));
}
