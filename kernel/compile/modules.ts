// Import and export declarations of a cell: a script has neither, so they become calls.

import type { ImportDeclaration, Statement } from "oxc-parser";
import type { Declared } from "./declarations.ts";
import { isHoisted } from "./declarations.ts";
import { Intrinsic } from "./intrinsics.ts";
import type { Rewriter } from "./rewriter.ts";
import type { Node } from "./syntax-tree.ts";

/** Rewrites import and export declarations; the names that imports bind are added to `declared`. */
export function rewriteModuleSyntax(statements: readonly Statement[], declared: Declared, text: Rewriter): void {
  const hoistTo = statements.find((statement) => !isHoisted(statement))?.start;
  for (const statement of statements) {
    switch (statement.type) {
      case "ImportDeclaration":
        rewriteImport(statement, declared, text);
        if (hoistTo !== undefined && statement.start > hoistTo) text.move(statement.start, statement.end, hoistTo);
        break;
      case "ExportNamedDeclaration":
        if (!statement.declaration)
          text.replace(statement.start, statement.end, statement.source ? loadOnly(text.slice(statement.source)) : ";");
        break;
      case "ExportAllDeclaration":
        text.replace(statement.start, statement.end, loadOnly(text.slice(statement.source)));
        break;
      case "ExportDefaultDeclaration":
        text.remove(statement.start, statement.declaration.start);
        break;
    }
  }
}

const loadOnly = (specifier: string): string => `await ${Intrinsic.await}(${Intrinsic.importModule}(${specifier}));`;

/*
 * import a, { b as c } from "m" with { type: "json" }
 *   →  let { default: a, b: c } = await AWAIT(IMPORT_NAMES("m", ["default", "b"], { type: "json" }));
 */
function rewriteImport(node: ImportDeclaration, declared: Declared, text: Rewriter): void {
  const source = text.slice(node.source);
  const attributes = importAttributes(node, text);
  const bindings: string[] = [];
  const names: string[] = [];
  let namespace: string | undefined;
  for (const specifier of node.specifiers) {
    declared.names.add(specifier.local.name);
    declared.constants.add(specifier.local.name);
    if (specifier.type === "ImportNamespaceSpecifier") {
      namespace = specifier.local.name;
      continue;
    }
    const imported =
      specifier.type === "ImportDefaultSpecifier"
        ? "default"
        : specifier.imported.type === "Literal"
          ? specifier.imported.value
          : specifier.imported.name;
    names.push(JSON.stringify(imported));
    bindings.push(`${JSON.stringify(imported)}: ${specifier.local.name}`);
  }
  const load = `await ${Intrinsic.await}(${Intrinsic.importNames}(${source}, [${names.join(", ")}]${attributes}))`;
  let code = bindings.length > 0 ? `let { ${bindings.join(", ")} } = ${load};` : `${load};`;
  if (namespace !== undefined)
    code =
      bindings.length > 0
        ? `let ${namespace} = ${load}, { ${bindings.join(", ")} } = ${namespace};`
        : `let ${namespace} = ${load};`;
  text.replace(node.start, node.end, code);
}

function importAttributes(node: ImportDeclaration, text: Rewriter): string {
  const { attributes } = node;
  const [first] = attributes;
  const last = attributes.at(-1);
  return first && last ? `, { ${text.source.slice(first.start, last.end)} }` : "";
}

/** `import(x)` has no host behind it in a script, and `import.meta` is not allowed: both become calls at any depth. */
export function enterModuleExpression(node: Node, text: Rewriter): void {
  if (node.type === "ImportExpression") text.replace(node.start, node.start + "import".length, Intrinsic.importModule);
  else if (node.type === "MetaProperty" && node.meta.name === "import")
    text.replace(node.start, node.end, Intrinsic.meta);
}
