// Which values a list of statements declares, in JavaScript or in TypeScript.

import type { Class, Function as FunctionNode, Statement, VariableDeclaration } from "oxc-parser";
import { declaredNames, isFunction, lexicalNames, type Node, varDeclarations } from "./syntax-tree.ts";

/** All names, those of exports, imports and inner `var` among them. */
export function* valueNames(statements: readonly Node[]): Generator<string> {
  for (const statement of statements) {
    if (statement.type === "ImportDeclaration") for (const { local } of statement.specifiers) yield local.name;
    const own = exportedOr(statement);
    if (own.type === "TSEnumDeclaration" || own.type === "TSImportEqualsDeclaration") yield own.id.name;
    else if (own.type === "TSModuleDeclaration") yield* rootName(own);
    else {
      yield* lexicalNames([declarationOf(statement) ?? statement]);
      if (!isFunction(own)) for (const declaration of varDeclarations(own)) yield* declaredNames(declaration);
    }
  }
}

/** What stands behind `export`, if that is there. */
export const exportedOr = (statement: Node): Node =>
  statement.type === "ExportNamedDeclaration" ? (statement.declaration ?? statement) : statement;

/** What JavaScript declares in a statement, with or without `export` before it. */
export function declarationOf(statement: Node): VariableDeclaration | FunctionNode | Class | undefined {
  const own = exportedOr(statement);
  switch (own.type) {
    case "VariableDeclaration":
    case "FunctionDeclaration":
    case "ClassDeclaration":
      return own;
    case "ExportDefaultDeclaration": {
      const { declaration } = own;
      const isNamed = declaration.type === "FunctionDeclaration" || declaration.type === "ClassDeclaration";
      return isNamed && declaration.id ? declaration : undefined;
    }
    default:
      return undefined;
  }
}

/** Statements that take effect before all others of the cell: imports, and function declarations. */
export const isHoisted = (statement: Statement): boolean =>
  statement.type === "ImportDeclaration" || declarationOf(statement)?.type === "FunctionDeclaration";

export type Namespace = Extract<Node, { type: "TSModuleDeclaration" }>;

/** `A.B` of `namespace A.B` as a list; undefined for `global`, and for a module that is named by a string. */
export function namespacePath({ kind, id }: Namespace): string[] | undefined {
  return kind === "global" ? undefined : path(id);
}

function path(id: Node): string[] | undefined {
  if (id.type === "Identifier") return [id.name];
  const left = id.type === "TSQualifiedName" ? path(id.left) : undefined;
  return left && id.type === "TSQualifiedName" ? [...left, id.right.name] : undefined;
}

function* rootName(namespace: Namespace): Generator<string> {
  const [root] = namespacePath(namespace) ?? [];
  if (root !== undefined) yield root;
}
