// Walking the parser's tree: children in source order, and which names a stretch of code declares.

import type { BindingPattern, Function as FunctionNode, Node, ParamPattern, VariableDeclaration } from "oxc-parser";
import { visitorKeys } from "oxc-parser";

export type { Node };
export type AnyFunction = FunctionNode | Extract<Node, { type: "ArrowFunctionExpression" }>;

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";

/** The direct children of a node, in source order. */
export function* childrenOf(node: Node): Generator<Node> {
  for (const key of visitorKeys[node.type] ?? []) {
    const value: unknown = Reflect.get(node, key);
    if (Array.isArray(value)) {
      for (const item of value) if (isNode(item)) yield item;
    } else if (isNode(value)) yield value;
  }
}

export const isFunction = (node: Node): node is AnyFunction =>
  node.type === "FunctionDeclaration" || node.type === "FunctionExpression" || node.type === "ArrowFunctionExpression";

export type Identifier = Extract<Node, { type: "Identifier" }>;

/**
 * The variables that a pattern binds or assigns to: `{ a, b: [c = 1, ...d] }` gives a, c, d. Those written in short, as `a`
 * is here, stand for the name of a property as well.
 */
export function* targets(
  pattern: BindingPattern | ParamPattern | Node,
  short = false,
): Generator<{ target: Identifier; short: boolean }> {
  switch (pattern.type) {
    case "Identifier":
      yield { target: pattern, short };
      break;
    case "ObjectPattern":
      for (const property of pattern.properties)
        if (property.type === "RestElement") yield* targets(property.argument);
        else yield* targets(property.value, property.shorthand);
      break;
    case "ArrayPattern":
      for (const element of pattern.elements) if (element) yield* targets(element);
      break;
    case "AssignmentPattern":
      yield* targets(pattern.left, short);
      break;
    case "RestElement":
      yield* targets(pattern.argument);
      break;
    case "ParenthesizedExpression":
      yield* targets(pattern.expression);
      break;
    case "TSParameterProperty":
      yield* targets(pattern.parameter);
      break;
  }
}

/** The names that a pattern binds. */
export function* boundNames(pattern: BindingPattern | ParamPattern | Node): Generator<string> {
  for (const { target } of targets(pattern)) yield target.name;
}

export function* declaredNames(declaration: VariableDeclaration): Generator<string> {
  for (const declarator of declaration.declarations) yield* boundNames(declarator.id);
}

/** Every `var` declaration below `node` that belongs to the same function or script. */
export function* varDeclarations(node: Node): Generator<VariableDeclaration> {
  if (node.type === "VariableDeclaration" && node.kind === "var") yield node;
  for (const child of childrenOf(node))
    if (!isFunction(child) && child.type !== "ClassBody") yield* varDeclarations(child);
}

/** The names that a block declares for itself: `let`, `const`, `using`, `class` and `function`. */
export function* lexicalNames(statements: Iterable<Node>): Generator<string> {
  for (const statement of statements) {
    if (statement.type === "VariableDeclaration" && statement.kind !== "var") yield* declaredNames(statement);
    else if ((statement.type === "FunctionDeclaration" || statement.type === "ClassDeclaration") && statement.id)
      yield statement.id.name;
  }
}
