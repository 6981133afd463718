// Import and export declarations of a cell: a script has neither. What they name is loaded before the script begins, as
// JavaScript does it: where that fails, the cell has declared nothing, and every name still means what it did.

import type { ImportAttribute, ImportDeclaration, ModuleExportName, Statement } from "oxc-parser";
import type { Declared } from "./declarations.ts";
import { INTRINSIC_PREFIX, Intrinsic } from "./intrinsics.ts";
import type { Rewriter } from "./rewriter.ts";
import type { Node } from "./syntax-tree.ts";
import { isHoisted } from "./value-names.ts";

/** A module that a cell needs before it begins. */
export interface ImportRequest {
  specifier: string;
  /** What it must export: none for a namespace, and where it is imported for what it does. */
  names: readonly string[];
  attributes?: ImportAttributes;
  /** Nobody wrote it: JSX needs it. */
  forJsx?: true;
}

/**
 * Rewrites import and export declarations; the names that imports bind are added to `declared`. Returns what is to be loaded,
 * in the order of the text. What JSX needs comes last: where its package is may be what the others say. `types` are names that
 * the modules have no value for: nothing is bound to them.
 */
export function rewriteModuleSyntax(
  statements: readonly Statement[],
  declared: Declared,
  text: Rewriter,
  types: ReadonlySet<string> = new Set(),
): ImportRequest[] {
  const hoistTo = statements.find((statement) => !isHoisted(statement))?.start;
  const requests: ImportRequest[] = [];
  for (const statement of [...statements.filter(isWritten), ...statements.filter(isForJsx)]) {
    switch (statement.type) {
      case "ImportDeclaration":
        rewriteImport(statement, requests, declared, text, types);
        if (hoistTo !== undefined && statement.start > hoistTo) text.move(statement.start, statement.end, hoistTo);
        break;
      case "ExportNamedDeclaration":
        if (statement.declaration) break;
        text.replace(statement.start, statement.end, ";");
        if (!statement.source) break;
        requests.push({
          specifier: statement.source.value,
          names: statement.specifiers.map(({ local }) => exportName(local)),
          ...importAttributes(statement.attributes),
        });
        break;
      case "ExportAllDeclaration":
        text.replace(statement.start, statement.end, ";");
        requests.push({ specifier: statement.source.value, names: [], ...importAttributes(statement.attributes) });
        break;
      case "ExportDefaultDeclaration":
        text.remove(statement.start, statement.declaration.start);
        break;
    }
  }
  return requests;
}

/** An import that nobody wrote binds nothing but names of ours. */
const isForJsx = (statement: Statement): boolean =>
  statement.type === "ImportDeclaration" && statement.specifiers[0]?.local.name.startsWith(INTRINSIC_PREFIX) === true;

const isWritten = (statement: Statement): boolean => !isForJsx(statement);

/*
 * import a, { b as c } from "m"
 *   →  let { "default": a, "b": c } = IMPORTED(0);
 */
function rewriteImport(
  node: ImportDeclaration,
  requests: ImportRequest[],
  declared: Declared,
  text: Rewriter,
  types: ReadonlySet<string>,
): void {
  const bindings: string[] = [];
  const names: string[] = [];
  let namespace: string | undefined;
  const forJsx = isForJsx(node);
  for (const specifier of node.specifiers) {
    if (types.has(specifier.local.name)) continue;
    if (!forJsx) {
      declared.names.add(specifier.local.name);
      declared.constants.add(specifier.local.name);
    }
    if (specifier.type === "ImportNamespaceSpecifier") {
      namespace = specifier.local.name;
      continue;
    }
    const imported = specifier.type === "ImportDefaultSpecifier" ? "default" : exportName(specifier.imported);
    names.push(imported);
    bindings.push(`${JSON.stringify(imported)}: ${specifier.local.name}`);
  }
  const loaded = `${Intrinsic.imported}(${requests.length})`;
  requests.push({
    specifier: node.source.value,
    names,
    ...importAttributes(node.attributes),
    ...(forJsx ? { forJsx } : {}),
  });
  const patterns = [
    ...(namespace === undefined ? [] : [namespace]),
    ...(names.length > 0 ? [`{ ${bindings.join(", ")} }`] : []),
  ];
  const code = patterns.length > 0 ? `let ${patterns.map((pattern) => `${pattern} = ${loaded}`).join(", ")};` : ";";
  text.replace(node.start, node.end, code);
}

const exportName = (name: ModuleExportName): string => (name.type === "Literal" ? name.value : name.name);

function importAttributes(attributes: readonly ImportAttribute[]): { attributes?: ImportAttributes } {
  if (attributes.length === 0) return {};
  return {
    attributes: Object.fromEntries(
      attributes.map(({ key, value }) => [key.type === "Literal" ? String(key.value) : key.name, value.value]),
    ),
  };
}

/** `import(x)` has no host behind it in a script, and `import.meta` is not allowed: both become calls at any depth. */
export function enterModuleExpression(node: Node, text: Rewriter): void {
  if (node.type === "ImportExpression") text.replace(node.start, node.start + "import".length, Intrinsic.importModule);
  else if (node.type === "MetaProperty" && node.meta.name === "import")
    text.replace(node.start, node.end, Intrinsic.meta);
}
