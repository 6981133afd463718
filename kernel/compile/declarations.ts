// Top-level declarations, made uniform: V8's REPL mode lets `let` replace `let`, and nothing else anything else.

import type { Program, Statement, VariableDeclaration } from "oxc-parser";
import { Intrinsic } from "./intrinsics.ts";
import type { KnownNames } from "./known-names.ts";
import type { Rewriter } from "./rewriter.ts";
import { declaredNames, isFunction, varDeclarations } from "./syntax-tree.ts";
import { declarationOf, exportedOr, isHoisted, valueNames } from "./value-names.ts";

export interface Declared {
  /** Every name that the cell declares at its top level, imports included. */
  names: Set<string>;
  /** Those that may not be assigned to. */
  constants: Set<string>;
  /** Those that a namespace of the same name adds to. */
  open: Set<string>;
  /** Those that begin with the value that they have when the cell begins. */
  kept: string[];
}

export interface DeclarationContext {
  /** The cell's TypeScript, where it has something that its JavaScript does not tell. */
  typescript: Program | undefined;
  /** What earlier cells have declared. */
  known: KnownNames | undefined;
}

/** Rewrites the top-level declarations among `statements` and tells what they declare. */
export function rewriteDeclarations(
  statements: readonly Statement[],
  context: DeclarationContext,
  text: Rewriter,
): Declared {
  const declared: Declared = { names: new Set(), constants: new Set(), open: new Set(), kept: [] };
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
      declared.open.add(name);
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
  declareVariables(variables, context, declared, text);
  return declared;
}

/**
 * `var x` leaves `x` what an earlier cell has made of it, as it does in a script, and a namespace adds to the one there is.
 * An enum does not: who runs its cell again has changed it.
 */
function declareVariables(
  variables: ReadonlySet<string>,
  { typescript, known }: DeclarationContext,
  declared: Declared,
  text: Rewriter,
): void {
  if (variables.size === 0) return;
  const enums = new Set<string>();
  const namespaces = new Set<string>();
  for (const statement of typescript?.body ?? []) {
    const kind = exportedOr(statement).type;
    const kindNames = kind === "TSEnumDeclaration" ? enums : kind === "TSModuleDeclaration" ? namespaces : undefined;
    for (const name of kindNames ? valueNames([statement]) : []) kindNames?.add(name);
  }
  const isKept = (name: string): boolean =>
    !enums.has(name) && (namespaces.has(name) ? known?.isOpen(name) : known?.has(name)) === true;
  const declarators = [...variables].map((name) => {
    if (enums.has(name) || namespaces.has(name)) declared.open.add(name);
    if (!isKept(name)) return name;
    declared.kept.push(name);
    return `${name} = ${Intrinsic.kept}(${JSON.stringify(name)})`;
  });
  text.prepend(`let ${declarators.join(", ")}; `);
}

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
