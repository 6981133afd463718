// Loops that an interrupt should end with an exception. V8 can terminate any code, but then no `finally` runs: so loops
// that have no end of their own, and loops inside a `try … finally`, ask at each turn. Others run at full speed.

import { Intrinsic } from "./intrinsics.ts";
import type { Rewriter } from "./rewriter.ts";
import type { Node } from "./syntax-tree.ts";

type Loop = Extract<
  Node,
  { type: "WhileStatement" | "DoWhileStatement" | "ForStatement" | "ForInStatement" | "ForOfStatement" }
>;

const CHECK = `if (${Intrinsic.signals}[0] !== 0) ${Intrinsic.interrupted}();`;

/** Edits for one node, on the way down. `cleansUp`: something is to be cleaned up after it. */
export function enterLoop(node: Node, cleansUp: boolean, text: Rewriter): void {
  if (!isLoop(node) || !(cleansUp || isEndless(node))) return;
  if (node.body.type === "BlockStatement") text.insertBefore(node.body.start + 1, ` ${CHECK}`);
  else text.open(node.body, `{ ${CHECK} `);
}

/** Edits for one node, on the way back up. */
export function leaveLoop(node: Node, cleansUp: boolean, text: Rewriter): void {
  if (!isLoop(node) || !(cleansUp || isEndless(node))) return;
  if (node.body.type !== "BlockStatement") text.close(node.body, " }");
}

/** Whether what is inside `node` is cleaned up after by a `finally`, or by the disposal of a `using`. */
export function cleansUp(node: Node): boolean {
  if (node.type === "TryStatement") return node.finalizer !== null;
  const isUsing = (each: Node) => each.type === "VariableDeclaration" && /using$/.test(each.kind);
  return node.type === "BlockStatement" && node.body.some(isUsing);
}

const isLoop = (node: Node): node is Loop => /^(?:While|DoWhile|For|ForIn|ForOf)Statement$/.test(node.type);

function isEndless(loop: Loop): boolean {
  switch (loop.type) {
    case "WhileStatement":
    case "DoWhileStatement":
      return loop.test.type === "Literal" && Boolean(loop.test.value);
    case "ForStatement":
      return loop.test === null || (loop.test.type === "Literal" && Boolean(loop.test.value));
    default:
      return false;
  }
}
