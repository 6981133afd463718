// Which names of the top level are hidden by an inner scope, at each point of a walk through the tree.

import { boundNames, declaredNames, isFunction, lexicalNames, type Node, varDeclarations } from "./syntax-tree.ts";
import { valueNames } from "./value-names.ts";

export class InnerScopes {
  readonly #names: Set<string>[] = [];

  /** To be called on the way down, for every node. */
  enter(node: Node): void {
    const names = scopeNames(node);
    if (names) this.#names.push(new Set(names));
  }

  /** To be called on the way back up, for every node. */
  leave(node: Node): void {
    if (scopeNames(node)) this.#names.pop();
  }

  hide(name: string): boolean {
    return this.#names.some((names) => names.has(name));
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
    case "TSModuleBlock":
      return valueNames(node.body);
    case "TSEnumBody":
      return node.members.flatMap(({ id }) => (id.type === "Identifier" ? [id.name] : []));
    case "CatchClause":
      return node.param ? boundNames(node.param) : [];
    case "ClassExpression":
      return node.id ? [node.id.name] : [];
    default:
      return undefined;
  }
}
