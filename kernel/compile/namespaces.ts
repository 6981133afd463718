// Namespaces that reopen: what one part exports is in scope in the others, be they of the same cell or of others. The
// complete compiler knows that of the same cell, and forgets it where it is assigned to.

import type { Program } from "oxc-parser";
import type { Rewriter } from "./rewriter.ts";
import { declaredNames, type Node } from "./syntax-tree.ts";
import { isInstantiated } from "./typescript.ts";
import { exportedOr, namespacePath, valueNames } from "./value-names.ts";
import { visitVariables } from "./variables.ts";

/** What a namespace exports, by name: that of a namespace inside it, and nothing of anything else. */
export type Members = Map<string, Members>;

/** The namespaces at the top level of a program, with what they export. */
export function namespacesOf(program: Program): Members {
  const found: Members = new Map();
  for (const statement of program.body) addNamespace(found, exportedOr(statement));
  return found;
}

/** Adds what `added` has to `members`. */
export function mergeMembers(members: Members, added: Members): void {
  for (const [name, inner] of added) mergeMembers(below(members, name), inner);
}

/**
 * Makes what other parts of a namespace export a property of it, wherever it is mentioned: `a` becomes `N.a`. `known` tells
 * what earlier cells have put into a namespace.
 */
export function joinNamespaces(program: Program, known: (name: string) => Members | undefined, text: Rewriter): void {
  const all = namespacesOf(program);
  for (const [name, members] of all) mergeMembers(members, known(name) ?? new Map());
  for (const statement of program.body) joinNamespace(exportedOr(statement), all, new Map(), text);
}

/** `inherited`: the names in scope that are properties, and what of. */
function joinNamespace(node: Node, among: Members, inherited: ReadonlyMap<string, string>, text: Rewriter): void {
  const path = node.type === "TSModuleDeclaration" && isInstantiated(node) ? namespacePath(node) : undefined;
  if (!path || node.type !== "TSModuleDeclaration" || node.body?.type !== "TSModuleBlock") return;
  const scope = new Map(inherited);
  let members: Members | undefined = among;
  for (const name of path) {
    members = members?.get(name);
    scope.delete(name);
    for (const member of members?.keys() ?? []) scope.set(member, name);
  }
  const { body } = node.body;
  for (const name of valueNames(body)) scope.delete(name);
  for (const statement of body) {
    const own = exportedOr(statement);
    if (own.type === "TSModuleDeclaration") joinNamespace(own, members ?? new Map(), scope, text);
    else
      visitVariables(statement, ({ node: { name, start, end }, outer, scopes }) => {
        const object = scope.get(name);
        if (object !== undefined && !scopes.hide(name)) text.replace(start, end, `${outer}${object}.${name}`);
      });
  }
}

function addNamespace(found: Members, node: Node): void {
  if (node.type !== "TSModuleDeclaration" || !isInstantiated(node)) return;
  const members = namespacePath(node)?.reduce(below, found);
  if (!members || node.body?.type !== "TSModuleBlock") return;
  for (const statement of node.body.body)
    if (statement.type === "ExportNamedDeclaration") addExport(members, statement);
}

function addExport(members: Members, { declaration }: Extract<Node, { type: "ExportNamedDeclaration" }>): void {
  if (declaration?.type === "VariableDeclaration") for (const name of declaredNames(declaration)) below(members, name);
  else if (declaration?.type === "TSModuleDeclaration") addNamespace(members, declaration);
  else if (declaration && VALUES.test(declaration.type))
    for (const name of valueNames([declaration])) below(members, name);
}

const VALUES = /^(?:Function|Class|TSEnum|TSImportEquals)Declaration$/;

function below(members: Members, name: string): Members {
  const known = members.get(name);
  if (known) return known;
  const added: Members = new Map();
  members.set(name, added);
  return added;
}
