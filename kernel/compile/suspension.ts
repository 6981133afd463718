// Where a function awaits, and what it returns: what of the kernel's help it needs.

import { type AnyFunction, childrenOf, isFunction, type Node } from "./syntax-tree.ts";

export interface Runs {
  /** It awaits, in whatever form: functions inside it are others. */
  awaits: boolean;
  /** It may return a promise, which JavaScript awaits after it has ended. */
  returnsPromise: boolean;
}

export function runsOf(fn: AnyFunction): Runs {
  const runs: Runs = { awaits: false, returnsPromise: false };
  if (!fn.async || !fn.body) return runs;
  if (fn.body.type !== "BlockStatement") runs.returnsPromise = mayBePromise(fn.body);
  look(fn.body, runs);
  return runs;
}

function look(node: Node, runs: Runs): void {
  if (isFunction(node)) return;
  if (suspends(node)) runs.awaits = true;
  else if (node.type === "ReturnStatement" && node.argument && mayBePromise(node.argument)) runs.returnsPromise = true;
  for (const child of childrenOf(node)) look(child, runs);
}

function suspends(node: Node): boolean {
  switch (node.type) {
    case "AwaitExpression":
    case "YieldExpression":
      return true;
    case "ForOfStatement":
      return node.await;
    case "VariableDeclaration":
      return node.kind === "await using";
    default:
      return false;
  }
}

/** Whether the value of an expression can be a promise, as far as its form tells. */
export function mayBePromise(node: Node): boolean {
  switch (node.type) {
    case "Literal":
    case "TemplateLiteral":
    case "UnaryExpression":
    case "UpdateExpression":
    case "BinaryExpression":
    case "ArrayExpression":
    case "ObjectExpression":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
    case "ClassExpression":
    case "ThisExpression":
    case "AwaitExpression":
    case "MetaProperty":
      return false;
    case "ParenthesizedExpression":
      return mayBePromise(node.expression);
    case "ConditionalExpression":
      return mayBePromise(node.consequent) || mayBePromise(node.alternate);
    case "LogicalExpression":
      return mayBePromise(node.left) || mayBePromise(node.right);
    case "SequenceExpression":
      return node.expressions.slice(-1).some(mayBePromise);
    case "AssignmentExpression":
      return mayBePromise(node.right);
    default:
      return true;
  }
}

/** Whether evaluating an expression can run code that makes promises. */
export function mayRunCode(node: Node): boolean {
  switch (node.type) {
    case "Literal":
    case "Identifier":
    case "ThisExpression":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
    case "ClassExpression":
      return false;
    case "ParenthesizedExpression":
    case "UnaryExpression":
    case "ArrayExpression":
    case "ObjectExpression":
    case "TemplateLiteral":
    case "TemplateElement":
    case "ConditionalExpression":
    case "LogicalExpression":
      return childrenOf(node).some(mayRunCode);
    case "Property":
      return mayRunCode(node.value) || (node.computed && mayRunCode(node.key));
    default:
      return true;
  }
}
