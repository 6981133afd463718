// Where an identifier stands for a variable, and not for a property, a label or a type.

import { InnerScopes } from "./inner-scopes.ts";
import { childrenOf, type Identifier, type Node } from "./syntax-tree.ts";

export interface Variable {
  node: Identifier;
  /** What has to stand before anything else in its place: `{ a }` is short for `{ a: a }`. */
  outer: string;
  /** The scopes that it stands in, as far as they are part of the tree. */
  scopes: InnerScopes;
}

/** Calls `visit` for each variable in a tree, in the order of the text. */
export function visitVariables(root: Node, visit: (variable: Variable) => void): void {
  const scopes = new InnerScopes();
  const walk = (node: Node, parent: Node | undefined): void => {
    if (node.type === "Identifier" && isVariable(node, parent)) visit({ node, outer: outerName(node, parent), scopes });
    scopes.enter(node);
    for (const child of childrenOf(node)) if (!isType(child) && !isRepeated(child, node)) walk(child, node);
    scopes.leave(node);
  };
  walk(root, undefined);
}

function isVariable(node: Node, parent: Node | undefined): boolean {
  switch (parent?.type) {
    case "MemberExpression":
      return parent.computed || parent.object === node;
    case "Property":
    case "MethodDefinition":
    case "PropertyDefinition":
    case "AccessorProperty":
      return parent.computed || parent.value === node;
    case "ImportSpecifier":
      return parent.local === node;
    case "TSEnumMember":
      return parent.initializer === node;
    case "ExportSpecifier":
    case "LabeledStatement":
    case "BreakStatement":
    case "ContinueStatement":
    case "MetaProperty":
    case "TSEnumDeclaration":
    case "TSModuleDeclaration":
    case "TSImportEqualsDeclaration":
      return false;
    default:
      return true;
  }
}

function outerName({ name, start }: Identifier, parent: Node | undefined): string {
  if (parent?.type === "Property" && parent.shorthand) return `${name}: `;
  return parent?.type === "ImportSpecifier" && parent.imported.start === start ? `${name} as ` : "";
}

/** The key of `{ a }` stands where its value does, and so does the outer name of `import { a }`. */
const isRepeated = (child: Node, parent: Node): boolean =>
  (parent.type === "Property" && parent.shorthand && child === parent.key) ||
  (parent.type === "ImportSpecifier" && child === parent.imported && child.start === parent.local.start);

const EVALUATED = /^TS(?:As|Satisfies|NonNull|TypeAssertion|Instantiation|ParameterProperty|Enum|Module)/;

const isType = ({ type }: Node): boolean => type.startsWith("TS") && !EVALUATED.test(type);
