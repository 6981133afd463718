// Every top-level name is a `let` to V8, so that a later cell can declare it again. What the user declared as a constant
// stays one: an assignment to it throws, as JavaScript's does.

import { Intrinsic } from "./intrinsics.ts";
import type { Rewriter } from "./rewriter.ts";
import { boundNames, declaredNames, isFunction, lexicalNames, type Node, varDeclarations } from "./syntax-tree.ts";

/** Follows which names are shadowed at each point of the walk. */
export class ConstantAssignments {
  readonly #constants: ReadonlySet<string>;
  readonly #text: Rewriter;
  readonly #shadowed: Set<string>[] = [];

  /** `constants`: the names that, at the top level, may not be assigned to. */
  constructor(constants: ReadonlySet<string>, text: Rewriter) {
    this.#constants = constants;
    this.#text = text;
  }

  enter(node: Node): void {
    if (this.#constants.size === 0) return;
    const names = scopeNames(node);
    if (names) this.#shadowed.push(new Set(names));
    if (node.type === "UpdateExpression" && node.argument.type === "Identifier") this.#update(node, node.argument.name);
    else if (node.type === "AssignmentExpression" && this.#assignsConstant(node.left)) {
      this.#text.open(node.right, `${Intrinsic.constant}(`);
    }
  }

  leave(node: Node): void {
    if (this.#constants.size === 0) return;
    if (node.type === "AssignmentExpression" && this.#assignsConstant(node.left)) this.#text.close(node.right, ")");
    if (scopeNames(node)) this.#shadowed.pop();
  }

  #update(node: Node, name: string): void {
    if (this.#isConstant(name)) this.#text.replace(node.start, node.end, `${Intrinsic.constant}(${name})`);
  }

  #assignsConstant(target: Node): boolean {
    if (target.type === "MemberExpression") return false;
    for (const name of boundNames(target)) if (this.#isConstant(name)) return true;
    return false;
  }

  #isConstant(name: string): boolean {
    return this.#constants.has(name) && !this.#shadowed.some((names) => names.has(name));
  }
}

/** The names that a node declares for what is inside it, or undefined if it is no scope. */
function scopeNames(node: Node): Iterable<string> | undefined {
  if (isFunction(node)) {
    const names = node.params.flatMap((parameter) => [...boundNames(parameter)]);
    if (node.body) for (const declaration of varDeclarations(node.body)) names.push(...declaredNames(declaration));
    if (node.type === "FunctionExpression" && node.id) names.push(node.id.name);
    return names;
  }
  switch (node.type) {
    case "BlockStatement":
      return lexicalNames(node.body);
    case "StaticBlock":
      return lexicalNames(node.body);
    case "SwitchStatement":
      return lexicalNames(node.cases.flatMap((each) => each.consequent));
    case "ForStatement":
      return node.init ? lexicalNames([node.init]) : [];
    case "ForInStatement":
    case "ForOfStatement":
      return lexicalNames([node.left]);
    case "CatchClause":
      return node.param ? boundNames(node.param) : [];
    case "ClassExpression":
      return node.id ? [node.id.name] : [];
    default:
      return undefined;
  }
}
