// Namespaces that go on in a later cell: to the type checker that cell is another module, whose part of the namespace has
// to be given what the parts before it export.

import type { Node } from "../../compile/syntax-tree.ts";

/** What a namespace exports, types too. */
export type NamespaceMembers = ReadonlyMap<string, NamespaceMember>;

interface NamespaceMember {
  /** It is assigned to. */
  variable: boolean;
  /** Of a namespace. */
  members: NamespaceMembers | undefined;
}

/** The name of a namespace, and what it exports: `B` for `namespace A.B`. Undefined for modules and `global`. */
export function namespaceOf(node: Node): { name: string; members: NamespaceMembers } | undefined {
  if (node.type !== "TSModuleDeclaration" || node.kind === "global" || node.body?.type !== "TSModuleBlock")
    return undefined;
  const exported = node.body.body.map((statement) =>
    statement.type === "ExportNamedDeclaration" ? membersOf(statement.declaration) : [],
  );
  const inside = exported.reduce<NamespaceMembers>((all, own) => merged(all, new Map(own)), new Map());
  const wrap = (id: Node, members: NamespaceMembers): { name: string; members: NamespaceMembers } | undefined => {
    if (id.type === "Identifier") return { name: id.name, members };
    if (id.type !== "TSQualifiedName") return undefined;
    return wrap(id.left, new Map([[id.right.name, { variable: false, members }]]));
  };
  return wrap(node.id, inside);
}

function membersOf(declaration: Node | null): [name: string, member: NamespaceMember][] {
  if (!declaration) return [];
  if (declaration.type === "VariableDeclaration") {
    const variable = declaration.kind === "let" || declaration.kind === "var";
    return declaration.declarations.flatMap(({ id }) =>
      id.type === "Identifier" ? [[id.name, { variable, members: undefined }] as [string, NamespaceMember]] : [],
    );
  }
  const namespace = namespaceOf(declaration);
  if (namespace) return [[namespace.name, { variable: false, members: namespace.members }]];
  return "id" in declaration && declaration.id?.type === "Identifier"
    ? [[declaration.id.name, { variable: false, members: undefined }]]
    : [];
}

/** What two parts export together. */
export function merged(earlier: NamespaceMembers, later: NamespaceMembers): NamespaceMembers {
  const all = new Map(earlier);
  for (const [name, member] of later) {
    const before = all.get(name)?.members;
    all.set(name, before && member.members ? { ...member, members: merged(before, member.members) } : member);
  }
  return all;
}

/**
 * The part of a namespace that stands for those before it, which are in scope as `from`. What the later part, `own`, declares
 * again is its own.
 */
export function earlierPart(name: string, from: string, earlier: NamespaceMembers, own: NamespaceMembers): string {
  const parts = [...earlier].map(([member, { variable, members }]) => {
    const again = own.get(member);
    if (again)
      return members && again.members
        ? `export ${earlierPart(member, `${from}.${member}`, members, again.members)}`
        : "";
    return variable
      ? `export declare let ${member}: typeof ${from}.${member};`
      : `export import ${member} = ${from}.${member};`;
  });
  return `namespace ${name} { ${parts.join(" ")} }`;
}
