// Makes every await of a cell a cancellation point and every async function a scope that a task can adopt.

import { Intrinsic } from "./intrinsics.ts";
import type { Rewriter } from "./rewriter.ts";
import {
  type AnyFunction,
  boundNames,
  declaredNames,
  lexicalNames,
  type Node,
  varDeclarations,
} from "./syntax-tree.ts";

/** Edits for one node, on the way down. `parent` decides where an async method keeps its `async`. */
export function enterAsynchrony(node: Node, parent: Node | undefined, text: Rewriter): void {
  switch (node.type) {
    case "AwaitExpression":
      text.open(node.argument, `${Intrinsic.await}(`);
      break;
    case "ForOfStatement":
      if (node.await) text.open(node.right, `${Intrinsic.iterate}(`);
      break;
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
      if (node.async && !node.generator) enterAsyncFunction(node, parent, text);
      break;
  }
}

/** Edits for one node, on the way back up. */
export function leaveAsynchrony(node: Node, parent: Node | undefined, text: Rewriter): void {
  switch (node.type) {
    case "AwaitExpression":
      text.close(node.argument, ")");
      break;
    case "ForOfStatement":
      if (node.await) text.close(node.right, ")");
      break;
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
      if (node.async && !node.generator) leaveAsyncFunction(node, parent, text);
      break;
  }
}

/** `yield` and `yield*` of an async generator await too. */
export function enterAsyncYield(node: Node, text: Rewriter): void {
  if (node.type !== "YieldExpression" || !node.argument) return;
  text.open(node.argument, node.delegate ? `${Intrinsic.iterate}(` : `await ${Intrinsic.await}(`);
}

export function leaveAsyncYield(node: Node, text: Rewriter): void {
  if (node.type === "YieldExpression" && node.argument) text.close(node.argument, ")");
}

/*
 * async f(a, b) { BODY }       →  f(a, b) { return SCOPE({ "f": async () => { BODY } }["f"]) }
 * async f({ a }, b = 1) { … }  →  f($0, ...$more) { return SCOPE({ "f": async ({ a }, b = 1) => { … } }["f"], [$0, ...$more]) }
 *
 * As a property, the arrow function has the name that stack traces show. It function keeps `this`, `arguments`, `super` and `new.target`. In the second form an error in a default value
 * or a pattern rejects the promise, as it does in an async function, instead of being thrown at the caller.
 */
function enterAsyncFunction(node: AnyFunction, parent: Node | undefined, text: Rewriter): void {
  removeAsyncKeyword(node, parent, text);
  const { body } = node;
  if (!body) return;
  const block = body.type === "BlockStatement";
  const name = functionName(node, parent);
  const scope = `${block ? "return " : ""}${Intrinsic.async}(${name === undefined ? "" : `{ ${name}: `}`;
  if (hasPlainParameters(node)) {
    if (block) text.insertBefore(body.start + 1, `${scope}async () => {`);
    else text.open(body, `${scope}async () => `);
    return;
  }
  const [first, last] = [node.params[0], node.params.at(-1)];
  const target = block ? body.start + 1 : body.start;
  const names = forwardedParameters(node);
  if (first && last) {
    text.insertBefore(target, `${scope}async (`);
    text.insertBefore(first.start, names);
    text.move(first.start, last.end, target);
    if (block) text.insertAfter(target, ") => {");
    else text.open(body, ") => ");
  }
}

function leaveAsyncFunction(node: AnyFunction, parent: Node | undefined, text: Rewriter): void {
  const { body } = node;
  if (!body) return;
  const name = functionName(node, parent);
  const named = name === undefined ? "" : ` }[${name}]`;
  const args = named + (hasPlainParameters(node) ? "" : `, [${forwardedParameters(node)}]`);
  if (body.type === "BlockStatement") text.open({ start: body.end - 1, end: body.end }, `}${args});`);
  else text.close(body, `${args})`);
}

/** The name that JavaScript gives the function, as a string literal. */
function functionName(node: AnyFunction, parent: Node | undefined): string | undefined {
  const named = node.id ?? namingNode(parent, node);
  switch (named?.type) {
    case "Identifier":
    case "PrivateIdentifier":
      return JSON.stringify(named.type === "Identifier" ? named.name : `#${named.name}`);
    case "Literal":
      return JSON.stringify(String(named.value));
    default:
      return undefined;
  }
}

function namingNode(parent: Node | undefined, node: AnyFunction): Node | undefined {
  switch (parent?.type) {
    case "VariableDeclarator":
      return parent.id;
    case "AssignmentExpression":
    case "AssignmentPattern":
      return parent.right === node ? parent.left : undefined;
    case "MethodDefinition":
    case "PropertyDefinition":
    case "Property":
      return parent.computed ? undefined : parent.key;
    default:
      return undefined;
  }
}

function removeAsyncKeyword(node: AnyFunction, parent: Node | undefined, text: Rewriter): void {
  const isMethod =
    parent?.type === "MethodDefinition" || (parent?.type === "Property" && parent.method && parent.value === node);
  if (isMethod) {
    const head = text.source.slice(parent.start, parent.key.start);
    const at = parent.start + head.lastIndexOf("async");
    text.remove(at, at + "async ".length);
  } else text.remove(node.start, node.start + "async ".length);
}

/** The parameters can stay where they are if they cannot throw and the body does not declare them again. */
function hasPlainParameters(node: AnyFunction): boolean {
  if (node.params.some((parameter) => parameter.type !== "Identifier")) return false;
  if (node.params.length === 0 || node.body?.type !== "BlockStatement") return true;
  const names = new Set(node.params.flatMap((parameter) => [...boundNames(parameter)]));
  for (const declaration of varDeclarations(node.body))
    for (const name of declaredNames(declaration)) if (names.has(name)) return false;
  for (const name of lexicalNames(node.body.body)) if (names.has(name)) return false;
  return true;
}

/** Parameters that take everything and keep the function's `length`. */
function forwardedParameters(node: AnyFunction): string {
  const firstOptional = node.params.findIndex(
    (parameter) => parameter.type === "AssignmentPattern" || parameter.type === "RestElement",
  );
  const length = firstOptional < 0 ? node.params.length : firstOptional;
  return [...Array.from({ length }, (_, index) => `$${index}`), "...$more"].join(", ");
}
