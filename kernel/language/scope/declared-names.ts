// What a cell gives to the cells after it: names, and what it adds to the global scope and to modules.

import type { ParseResult } from "oxc-parser";
import type { Node } from "../../compile/syntax-tree.ts";
import { scan, type Token } from "../text/tokens.ts";
import { type NamespaceMembers, namespaceOf } from "./namespace-members.ts";

export type DeclarationKind =
  | "let"
  | "const"
  | "function"
  | "class"
  | "enum"
  | "interface"
  | "type"
  | "namespace"
  | "import";

export interface DeclaredName {
  name: string;
  kind: DeclarationKind;
  /** The cell exports it itself. */
  exported: boolean;
  /** Of a namespace: what it exports. */
  members?: NamespaceMembers;
}

/** `declare global { … }` or `declare module "m" { … }`. */
export interface Augmentation {
  /** What it declares: `Array.last`, `"m".Options.verbose`. Who declares one of them again means it instead. */
  names: readonly string[];
  /** Where it stands in the code. */
  start: number;
  end: number;
}

export interface CellDeclarations {
  /** At the top level, with types and imports. */
  names: readonly DeclaredName[];
  augmentations: readonly Augmentation[];
  /** Whether the code has JSX. */
  jsx: boolean;
}

/** What `code` declares; undefined if it is not TypeScript. */
export async function cellDeclarations(code: string): Promise<CellDeclarations | undefined> {
  const [{ parseSync }, tree] = await Promise.all([import("oxc-parser"), import("../../compile/syntax-tree.ts")]);
  const parse = (lang: "ts" | "tsx"): ParseResult => parseSync(`cell.${lang}`, code, { lang, sourceType: "module" });
  const plain = parse("ts");
  const jsx = plain.errors.length > 0;
  const parsed = jsx ? parse("tsx") : plain;
  if (parsed.errors.length > 0) return undefined;
  const found: DeclaredName[] = [];
  const add = (name: string, kind: DeclarationKind, exported: boolean): void => {
    found.push({ name, kind, exported });
  };

  for (const statement of parsed.program.body) {
    const own = statement.type === "ExportNamedDeclaration" ? (statement.declaration ?? statement) : statement;
    const closed = tree.isFunction(own) || own.type === "TSModuleDeclaration";
    for (const declaration of closed ? [] : tree.varDeclarations(statement))
      for (const name of tree.declaredNames(declaration)) add(name, "let", statement.type === "ExportNamedDeclaration");
    visit(statement, false);
  }
  return { names: found, augmentations: parsed.program.body.flatMap(augmentationsOf), jsx };

  function visit(node: Node, exported: boolean): void {
    switch (node.type) {
      case "ExportNamedDeclaration":
        if (node.declaration) visit(node.declaration, true);
        else if (!node.source)
          for (const { exported: alias } of node.specifiers)
            if (alias.type === "Identifier") add(alias.name, "const", true);
        break;
      case "ExportDefaultDeclaration":
        visit(node.declaration, false);
        break;
      case "VariableDeclaration":
        // `var` may also stand in a block or a loop: all of them were found above.
        if (node.kind !== "var")
          for (const name of tree.declaredNames(node)) add(name, node.kind === "let" ? "let" : "const", exported);
        break;
      case "FunctionDeclaration":
      case "TSDeclareFunction":
        if (node.id) add(node.id.name, "function", exported);
        break;
      case "ClassDeclaration":
        if (node.id) add(node.id.name, "class", exported);
        break;
      case "TSEnumDeclaration":
        add(node.id.name, "enum", exported);
        break;
      case "TSInterfaceDeclaration":
        add(node.id.name, "interface", exported);
        break;
      case "TSTypeAliasDeclaration":
        add(node.id.name, "type", exported);
        break;
      case "TSModuleDeclaration": {
        const namespace = namespaceOf(node);
        if (namespace) found.push({ ...namespace, kind: "namespace", exported });
        break;
      }
      case "TSImportEqualsDeclaration":
        add(node.id.name, "import", exported);
        break;
      case "ImportDeclaration":
        for (const { local } of node.specifiers) add(local.name, "import", false);
        break;
    }
  }
}

function augmentationsOf(statement: Node): Augmentation[] {
  if (statement.type !== "TSModuleDeclaration" || statement.body?.type !== "TSModuleBlock") return [];
  const { kind, id, body, start, end } = statement;
  if (kind !== "global" && id.type !== "Literal") return [];
  const of = id.type === "Literal" && kind !== "global" ? `${JSON.stringify(id.value)}.` : "";
  return [{ names: body.body.flatMap(augmentedNames).map((name) => of + name), start, end }];
}

/** Interfaces are added to member by member, and all else as a whole. */
function augmentedNames(statement: Node): string[] {
  const own = statement.type === "ExportNamedDeclaration" ? (statement.declaration ?? statement) : statement;
  if (own.type === "TSInterfaceDeclaration") {
    const keys = own.body.body.map((member) =>
      "key" in member && member.key.type === "Identifier" ? member.key.name : "[]",
    );
    return keys.map((key) => `${own.id.name}.${key}`);
  }
  if (own.type === "VariableDeclaration")
    return own.declarations.flatMap(({ id }) => (id.type === "Identifier" ? [id.name] : []));
  return "id" in own && own.id?.type === "Identifier" ? [own.id.name] : [];
}

const DECLARING = new Set([
  "let",
  "const",
  "var",
  "function",
  "class",
  "enum",
  "interface",
  "type",
  "namespace",
  "import",
]);

/** The names of code that is still being written: perhaps a few too many. */
export function namesBeingDeclared(code: string): Set<string> {
  const names = new Set<string>();
  let depth = 0;
  let declaring = false;
  // `let a = 1, b`: more names may come after the value of one.
  let list = false;
  // Between `:` and `=`: the names of a type are used, not declared.
  let annotation = false;
  let angles = 0;
  let previous: Token | undefined;
  for (const token of scan(code).tokens) {
    const { kind, text } = token;
    if (kind === "punctuation") {
      if ("([{".includes(text) || text === "${") depth++;
      else if (")]}".includes(text)) depth--;
      // A pattern or an import list goes on through its brackets and commas; its names end where the value begins.
      if (text === "=" || text === ";" || (text === "(" && declaring)) declaring = false;
      if (text === ";") list = false;
      if (depth === 0 && text === ":" && declaring) {
        annotation = true;
        declaring = false;
        angles = 0;
      } else if (text === "=" || text === ";") annotation = false;
      if (annotation) angles += text === "<" ? 1 : /^>+$/.test(text) ? -text.length : 0;
      if (text === "," && depth === 0 && list && !(annotation && angles > 0)) {
        annotation = false;
        declaring = true;
      }
    } else if (kind === "name") {
      if (declaring && !DECLARING.has(text)) names.add(text);
      if (depth === 0 && DECLARING.has(text)) {
        declaring = true;
        list = /^(?:let|const|var)$/.test(text);
      }
      // These declare one name each.
      else if (previous && /^(?:function|class|enum|interface|type|namespace)$/.test(previous.text)) declaring = false;
      else if (text === "from") declaring = false;
    }
    previous = token;
  }
  return names;
}

/** Whether code that is still being written has JSX: a closing tag. */
export const looksLikeJsx = (code: string): boolean => /<\/[\w$.:-]*>|\/>/.test(code);
