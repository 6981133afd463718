// Every top-level name is a `let` to V8, so that a later cell can declare it again. What the user declared as a constant
// stays one: an assignment to it throws when it is made, as JavaScript's does.

import { InnerScopes } from "./inner-scopes.ts";
import { Intrinsic } from "./intrinsics.ts";
import type { Rewriter } from "./rewriter.ts";
import { type Node, targets } from "./syntax-tree.ts";

export class ConstantAssignments {
  readonly #constants: ReadonlySet<string>;
  readonly #text: Rewriter;
  readonly #scopes = new InnerScopes();

  /** `constants`: the names that, at the top level, may not be assigned to. */
  constructor(constants: ReadonlySet<string>, text: Rewriter) {
    this.#constants = constants;
    this.#text = text;
  }

  enter(node: Node): void {
    if (this.#constants.size === 0) return;
    this.#scopes.enter(node);
    switch (node.type) {
      case "UpdateExpression":
        for (const { target } of targets(node.argument))
          if (this.#isConstant(target.name))
            this.#text.replace(node.start, node.end, `${Intrinsic.constant}(${target.name})`);
        break;
      case "AssignmentExpression":
        if (this.#isPlain(node.left)) this.#text.open(node.right, `${Intrinsic.constant}(`);
        else this.#pattern(node.left);
        break;
      case "ForInStatement":
      case "ForOfStatement":
        this.#pattern(node.left);
    }
  }

  leave(node: Node): void {
    if (this.#constants.size === 0) return;
    if (node.type === "AssignmentExpression" && this.#isPlain(node.left)) this.#text.close(node.right, ")");
    this.#scopes.leave(node);
  }

  /** Whether a constant is all that is assigned to: the value, or with `+=` the operation, comes before the error. */
  #isPlain(left: Node): boolean {
    if (left.type === "ParenthesizedExpression") return this.#isPlain(left.expression);
    return left.type === "Identifier" && this.#isConstant(left.name);
  }

  /** What a pattern, or the head of a loop, assigns comes bit by bit: each constant in it becomes a place that throws. */
  #pattern(left: Node): void {
    if (left.type === "VariableDeclaration") return;
    for (const { target, short } of targets(left)) {
      if (!this.#isConstant(target.name)) continue;
      const key = short ? `${target.name}: ` : "";
      this.#text.replace(target.start, target.end, `${key}${Intrinsic.constant}.value`);
    }
  }

  #isConstant(name: string): boolean {
    return this.#constants.has(name) && !this.#scopes.hide(name);
  }
}
