// `const greet = coroutine(async () => …)`: the function gets the variable's name, which warnings, tasks and printed
// coroutines show. JavaScript names a function after its variable only where it is the value itself.

import type { Rewriter } from "./rewriter.ts";
import type { Node } from "./syntax-tree.ts";

export function enterCoroutineName(node: Node, text: Rewriter): void {
  const named = namelessCoroutine(node);
  if (named) text.open(named.body, `{ ${named.name}: `);
}

export function leaveCoroutineName(node: Node, text: Rewriter): void {
  const named = namelessCoroutine(node);
  if (named) text.close(named.body, ` }[${named.name}]`);
}

function namelessCoroutine(node: Node): { body: Node; name: string } | undefined {
  if (node.type !== "VariableDeclarator" || node.id.type !== "Identifier" || node.init?.type !== "CallExpression")
    return undefined;
  const { callee, arguments: given } = node.init;
  const [body] = given;
  const isNameless =
    body?.type === "ArrowFunctionExpression" || (body?.type === "FunctionExpression" && body.id === null);
  if (callee.type !== "Identifier" || callee.name !== "coroutine" || !isNameless) return undefined;
  return { body, name: JSON.stringify(node.id.name) };
}
