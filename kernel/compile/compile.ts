// One cell, from what the user wrote to what V8's REPL mode runs.

import type { Program, Statement } from "oxc-parser";
import { parseSync } from "oxc-parser";
import { enterAsynchrony, enterAsyncYield, leaveAsynchrony, leaveAsyncYield } from "./asynchrony.ts";
import { ConstantAssignments } from "./constants.ts";
import { enterCoroutineName, leaveCoroutineName } from "./coroutine-names.ts";
import { declarationOf, rewriteDeclarations, topLevelNames } from "./declarations.ts";
import { INTRINSIC_PREFIX, Intrinsic } from "./intrinsics.ts";
import { cleansUp, enterLoop, leaveLoop } from "./loops.ts";
import { enterModuleExpression, type ImportRequest, rewriteModuleSyntax } from "./modules.ts";
import { chain, type PositionStep, sourceMapStep } from "./positions.ts";
import { Rewriter } from "./rewriter.ts";
import { type JavaScript, lowerDecorators, stripTypes } from "./strip-types.ts";
import { CellSyntaxError } from "./syntax-error.ts";
import { childrenOf, declaredNames, isFunction, type Node, varDeclarations } from "./syntax-tree.ts";

export interface CompiledCell {
  /** What the user wrote. */
  source: string;
  /** What V8 runs. */
  script: string;
  /** What is to be loaded before it runs. */
  imports: readonly ImportRequest[];
  /** From places in `script` to places in `source`. */
  positions: PositionStep;
  /** The names that the cell declares at its top level, and those of them that are constants. */
  names: ReadonlySet<string>;
  constants: ReadonlySet<string>;
}

export interface CompileOptions {
  /** Tells this cell's generated names from those of other cells; any text that can stand in an identifier. */
  id: string;
  /** Constants of earlier cells. */
  constants?: ReadonlySet<string>;
  /** TypeScript's older decorators instead of the standard ones. */
  experimentalDecorators?: boolean;
}

/** Compiles a cell. Throws `CellSyntaxError` with the place in the cell. */
export async function compile(source: string, options: CompileOptions): Promise<CompiledCell> {
  const { code, map, wrapped, endsInValue = true } = await toJavaScript(source, options);
  const { program } = parse(code);
  const text = new Rewriter(code);
  const declared = rewriteDeclarations(program.body, text);
  const imports = rewriteModuleSyntax(program.body, declared, text);

  const constants = new Set(options.constants);
  for (const name of declared.names) constants.delete(name);
  for (const name of declared.constants) constants.add(name);
  const last = endsInValue ? lastStatement(program) : undefined;
  rewriteExpressions(program, last, new ConstantAssignments(constants, text), text);

  text.prepend('"use strict"; ');
  return {
    source,
    script: text.toString(),
    imports,
    positions: chain([sourceMapStep(() => text.map()), sourceMapStep(map), ...(wrapped ? [withoutParenthesis] : [])]),
    names: declared.names,
    constants: declared.constants,
  };
}

interface Prepared extends JavaScript {
  /** A parenthesis was put around it. */
  wrapped?: true;
  /** False if the last statement is not the user's. */
  endsInValue?: boolean;
}

async function toJavaScript(source: string, options: CompileOptions): Promise<Prepared> {
  if (/^\s*\{[\s\S]*\}\s*$/.test(source)) {
    // `{ a: 1 }` alone in a cell is meant as an object, and a block only if it cannot be one.
    try {
      return { ...stripTypes(`(${source}\n)`), wrapped: true };
    } catch {}
  }
  const stripped = stripTypes(source);
  if (!source.includes("@")) return stripped;
  const { program } = parse(stripped.code);
  if (!hasDecorator(program)) return stripped;
  const lowered = await lowerDecorators(source, options.experimentalDecorators ?? false);
  const last = lastStatement(program);
  const endsInValue = last !== undefined && givenValue(last) !== undefined;
  return { ...lowered, endsInValue, code: renameHelpers(lowered.code, program, options.id) };
}

/** The variables that lowering adds are shared by nobody: a class of this cell must not find those of the next. */
function renameHelpers(code: string, original: Program, id: string): string {
  const own = new Set(scriptNames(original));
  const added = [...scriptNames(parse(code).program)].filter((name) => !own.has(name));
  const pattern = new RegExp(`(?<![\\w$.])(?:${added.join("|")})(?![\\w$])`, "g");
  return added.length > 0 ? code.replace(pattern, (name) => `${INTRINSIC_PREFIX}${id}${name}`) : code;
}

function* scriptNames(program: Program): Generator<string> {
  yield* topLevelNames(program.body);
  for (const declaration of varDeclarations(program)) yield* declaredNames(declaration);
}

function hasDecorator(node: Node): boolean {
  if (node.type === "Decorator") return true;
  for (const child of childrenOf(node)) if (hasDecorator(child)) return true;
  return false;
}

function parse(code: string): { program: Program } {
  const result = parseSync("cell.js", code, { lang: "js", sourceType: "module" });
  const [error] = result.errors;
  if (error) throw new CellSyntaxError(error.message);
  return result;
}

function rewriteExpressions(
  program: Program,
  last: Statement | undefined,
  constants: ConstantAssignments,
  text: Rewriter,
): void {
  const visit = (node: Node, parent: Node | undefined, inAsyncGenerator: boolean, inCleanedUp: boolean): void => {
    const value = givenValue(node);
    const wrapper = value && valueWrapper(node, value, node === last);
    if (wrapper && value) text.open(value, `${wrapper}(`);
    enterModuleExpression(node, text);
    enterLoop(node, inCleanedUp, text);
    enterCoroutineName(node, text);
    enterAsynchrony(node, parent, text);
    if (inAsyncGenerator) enterAsyncYield(node, text);
    constants.enter(node);
    const inside = isFunction(node) ? node.async && node.generator : inAsyncGenerator;
    const cleaned = cleansUp(node) || (inCleanedUp && !isFunction(node));
    for (const child of childrenOf(node)) visit(child, node, inside, cleaned);
    constants.leave(node);
    if (inAsyncGenerator) leaveAsyncYield(node, text);
    leaveAsynchrony(node, parent, text);
    leaveCoroutineName(node, text);
    leaveLoop(node, inCleanedUp, text);
    if (wrapper && value) text.close(value, ")");
  };
  visit(program, undefined, false, false);
}

const lastStatement = (program: Program): Statement | undefined =>
  program.body.findLast((statement) => statement.type !== "EmptyStatement");

/** The expression whose value a statement gives, if that is all it does. */
function givenValue(statement: Node): Node | undefined {
  if (statement.type === "ExpressionStatement") return statement.expression;
  if (statement.type === "ExportDefaultDeclaration" && !declarationOf(statement)) return statement.declaration;
  return undefined;
}

/** What to wrap the value of a statement in: the cell's result, a value that nobody will see, or nothing. */
function valueWrapper(statement: Node, value: Node, isLast: boolean): string | undefined {
  if (isLast) return Intrinsic.result;
  const mayReturnCoroutine = value.type === "CallExpression" && value.callee.type !== "Super";
  return mayReturnCoroutine || statement.type === "ExportDefaultDeclaration" ? Intrinsic.discard : undefined;
}

/** Undoes the parenthesis that makes a cell an object: one column back on the first line. */
const withoutParenthesis: PositionStep = ({ line, column }) => ({
  line,
  column: line === 1 ? Math.max(1, column - 1) : column,
});
