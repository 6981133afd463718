// One cell, from what the user wrote to what V8's REPL mode runs.

import { Asynchrony, toWrittenAwait } from "./asynchrony.ts";
import { type CellJavaScript, type CellLanguageOptions, cellToJavaScript } from "./cell-javascript.ts";
import { BlockValue, closeCall, givenValue, lastStatement, openCall } from "./cell-value.ts";
import { ConstantAssignments } from "./constants.ts";
import { enterCoroutineName, leaveCoroutineName } from "./coroutine-names.ts";
import { rewriteDeclarations } from "./declarations.ts";
import type { ScriptOrigin } from "./function-text.ts";
import { INTRINSIC_PREFIX, Intrinsic } from "./intrinsics.ts";
import type { CellNames } from "./known-names.ts";
import { cleansUp, enterLoop, leaveLoop } from "./loops.ts";
import { enterModuleExpression, type ImportRequest, rewriteModuleSyntax } from "./modules.ts";
import { namespacesOf } from "./namespaces.ts";
import { chain, sourceMapStep } from "./positions.ts";
import { Rewriter } from "./rewriter.ts";
import { childrenOf, isFunction, type Node } from "./syntax-tree.ts";

export interface CompiledCell extends CellNames, ScriptOrigin {
  /** What is to be loaded before it runs. */
  imports: readonly ImportRequest[];
  /** Names that begin with the value that they have when the cell begins. */
  kept: readonly string[];
}

export interface CompileOptions extends CellLanguageOptions {
  /** Names that the cell imports and that are types, which only the modules can tell. */
  types?: ReadonlySet<string>;
}

/** Compiles a cell. Rejects with `CellSyntaxError`, with the place in the cell. */
export async function compile(source: string, options: CompileOptions): Promise<CompiledCell> {
  const { known } = options;
  const cell = await cellToJavaScript(source, options).catch(async (error: unknown) => {
    throw await (await import("./explain-syntax.ts")).explainSyntax(error, source);
  });
  const { code, program, steps, typescript } = cell;
  const text = new Rewriter(code);
  const declared = rewriteDeclarations(program.body, { typescript, known }, text);
  const imports = rewriteModuleSyntax(program.body, declared, text, options.types);

  const constants = new Set(known?.constants);
  for (const name of declared.names) constants.delete(name);
  for (const name of declared.constants) constants.add(name);
  rewriteExpressions(cell, new ConstantAssignments(constants, text), text);

  text.prepend('"use strict"; ');
  const script = text.toString();
  const toCode = toWrittenAwait(
    script,
    code,
    sourceMapStep(() => text.map()),
  );
  return {
    ...declared,
    namespaces: typescript ? namespacesOf(typescript) : new Map(),
    source,
    script,
    code,
    imports,
    toCode,
    positions: chain([toCode, ...steps]),
  };
}

function rewriteExpressions(cell: CellJavaScript, constants: ConstantAssignments, text: Rewriter): void {
  const { program, marked, block } = cell;
  const blockValue = block && new BlockValue(block, text);
  const last = marked ? undefined : lastStatement(program);
  const asynchrony = new Asynchrony(text);
  const visit = (node: Node, parent: Node | undefined, inCleanedUp: boolean): void => {
    const value = blockValue?.gives(node) ? undefined : givenValue(node);
    const wrapper = value && valueWrapper(node, value, node === last);
    if (wrapper && value) openCall(wrapper, value, text);
    blockValue?.enter(node);
    enterModuleExpression(node, text);
    enterLoop(node, inCleanedUp, text);
    enterCoroutineName(node, text);
    asynchrony.enter(node, parent);
    constants.enter(node);
    const cleaned = cleansUp(node) || (inCleanedUp && !isFunction(node));
    for (const child of childrenOf(node)) visit(child, node, cleaned);
    constants.leave(node);
    asynchrony.leave(node);
    leaveCoroutineName(node, text);
    leaveLoop(node, inCleanedUp, text);
    blockValue?.leave(node);
    if (wrapper && value) closeCall(value, text);
  };
  visit(program, undefined, false);
}

/** What to wrap the value of a statement in: the cell's result, a value that nobody will see, or nothing. */
function valueWrapper(statement: Node, value: Node, isLast: boolean): string | undefined {
  if (isLast) return Intrinsic.result;
  if (value.type === "CallExpression") {
    const { callee } = value;
    const isOwn = callee.type === "Super" || (callee.type === "Identifier" && callee.name.startsWith(INTRINSIC_PREFIX));
    return isOwn ? undefined : Intrinsic.discard;
  }
  return statement.type === "ExportDefaultDeclaration" ? Intrinsic.discard : undefined;
}
