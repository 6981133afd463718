// Which value a cell shows: that of a last expression statement, as in IPython. A cell that is one block shows what the
// block ends with, as in Node's REPL.

import type { BlockStatement, ExpressionStatement, Program, Statement } from "oxc-parser";
import { Intrinsic } from "./intrinsics.ts";
import type { Rewriter } from "./rewriter.ts";
import type { Node } from "./syntax-tree.ts";
import { declarationOf } from "./value-names.ts";

/** The expression whose value a statement gives, if that is all it does. */
export function givenValue(statement: Node): Node | undefined {
  if (statement.type === "ExpressionStatement") return statement.expression;
  if (statement.type === "ExportDefaultDeclaration" && !declarationOf(statement)) return statement.declaration;
  return undefined;
}

/** Makes an expression the argument of a call. The comma of `a, b` would part two of them. */
export function openCall(callee: string, value: Node, text: Rewriter): void {
  text.open(value, `${callee}(${value.type === "SequenceExpression" ? "(" : ""}`);
}

export function closeCall(value: Node, text: Rewriter): void {
  text.close(value, value.type === "SequenceExpression" ? "))" : ")");
}

/** The statement that a cell ends with, apart from what does nothing: empty statements, types, `export {}`. */
export const lastStatement = (program: Program): Statement | undefined =>
  program.body.findLast((statement) => !isNothing(statement));

function isNothing(statement: Statement): boolean {
  switch (statement.type) {
    case "EmptyStatement":
    case "TSInterfaceDeclaration":
    case "TSTypeAliasDeclaration":
    case "TSDeclareFunction":
      return true;
    case "ExportNamedDeclaration":
      return statement.exportKind === "type" || (!statement.declaration && !statement.source);
    case "ImportDeclaration":
      return statement.importKind === "type";
    default:
      return "declare" in statement && statement.declare;
  }
}

/** The block that a cell consists of, if it is one. */
export function soleBlock(program: Program): BlockStatement | undefined {
  const [first, ...others] = program.body.filter((statement) => !isNothing(statement));
  return first?.type === "BlockStatement" && others.length === 0 ? first : undefined;
}

/**
 * Whether a block says what only an object would be written for: nothing, names, or values behind labels that nothing
 * jumps to. `{ a: 1 }` is both to JavaScript; `{ if (a) { b() } }` could be an object with a method `if`.
 */
export function looksLikeObject({ body }: BlockStatement): boolean {
  return body.every((statement) => {
    if (statement.type === "LabeledStatement") {
      const { body: labeled } = statement;
      return labeled.type === "ExpressionStatement" || (labeled.type === "BlockStatement" && looksLikeObject(labeled));
    }
    if (statement.type !== "ExpressionStatement") return false;
    const { expression } = statement;
    const names = expression.type === "SequenceExpression" ? expression.expressions : [expression];
    return body.length === 1 && names.every(({ type }) => type === "Identifier");
  });
}

/** The block's own variable, for what it has come to. */
const VALUE = "__loopbook_value";

/*
 * { a; if (b) c; }  →  { let VALUE; a; if (b) VALUE = (0, c); RESULT(VALUE); }
 */
export class BlockValue {
  readonly #block: BlockStatement;
  readonly #text: Rewriter;
  readonly #last: ReadonlySet<Node>;

  constructor(block: BlockStatement, text: Rewriter) {
    this.#block = block;
    this.#text = text;
    this.#last = new Set(lastExpressions(block.body));
  }

  /** Whether the value of this statement may be the value of the block. */
  gives(statement: Node): boolean {
    return this.#last.has(statement);
  }

  enter(node: Node): void {
    if (node === this.#block) this.#text.insertBefore(node.start + 1, ` let ${VALUE};`);
    // As a call's argument would, this keeps a function from being named after the variable.
    else if (node.type === "ExpressionStatement" && this.gives(node))
      this.#text.open(node.expression, `${VALUE} = (0, `);
    else if (this.#forgets(node)) this.#text.open(node.body, `{ ${VALUE} = undefined; `);
  }

  leave(node: Node): void {
    if (node === this.#block) this.#text.insertBefore(node.end - 1, `${Intrinsic.result}(${VALUE}); `);
    else if (node.type === "ExpressionStatement" && this.gives(node)) this.#text.close(node.expression, ")");
    else if (this.#forgets(node)) this.#text.close(node.body, " }");
  }

  /** Each turn of a loop begins without a value, unless it always has one of its own. */
  #forgets(node: Node): node is Loop {
    if (!isLoop(node) || this.#last.size === 0) return false;
    return [...lastExpressionsOf(node.body)].some((last) => this.gives(last) && last !== node.body);
  }
}

type Loop = Extract<
  Node,
  { type: "WhileStatement" | "DoWhileStatement" | "ForStatement" | "ForInStatement" | "ForOfStatement" }
>;

const isLoop = (node: Node): node is Loop => /^(?:While|DoWhile|For|ForIn|ForOf)Statement$/.test(node.type);

/** The expression statements that a list of statements may end with, in the sense of the standard's completion values. */
function* lastExpressions(statements: readonly Node[]): Generator<ExpressionStatement> {
  const last = statements.findLast((statement) => !hasNoValue(statement));
  if (last) yield* lastExpressionsOf(last);
}

function* lastExpressionsOf(statement: Node): Generator<ExpressionStatement> {
  switch (statement.type) {
    case "ExpressionStatement":
      yield statement;
      break;
    case "BlockStatement":
      yield* lastExpressions(statement.body);
      break;
    case "IfStatement":
      yield* lastExpressionsOf(statement.consequent);
      if (statement.alternate) yield* lastExpressionsOf(statement.alternate);
      break;
    case "TryStatement":
      yield* lastExpressions(statement.block.body);
      if (statement.handler) yield* lastExpressions(statement.handler.body.body);
      break;
    case "SwitchStatement":
      for (const { consequent } of statement.cases) yield* lastExpressions(consequent);
      break;
    case "LabeledStatement":
      yield* lastExpressionsOf(statement.body);
      break;
    default:
      if (isLoop(statement)) yield* lastExpressionsOf(statement.body);
  }
}

const hasNoValue = (statement: Node): boolean =>
  /^(?:Empty|Break|Continue|Debugger)Statement$|Declaration$/.test(statement.type) ||
  (statement.type === "BlockStatement" && statement.body.every(hasNoValue));
