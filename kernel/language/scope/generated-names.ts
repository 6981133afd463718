// What the type checker says in the words of the notebook: without what only the generated documents have.

import { DOCUMENT_PREFIX } from "./notebook-scope.ts";

const ORIGIN = new RegExp(`import\\("[^"]*${DOCUMENT_PREFIX}[^"]*"\\)\\.|\\b${DOCUMENT_PREFIX}scope\\.`, "g");

const NAMED_ORIGIN = new RegExp(`import\\("[^"]*${DOCUMENT_PREFIX}[^"]*"\\)\\.([\\w$]+)`, "g");

/** A signature without where its types come from, `(alias)` and `import x`: to the user, names of earlier cells are just names. */
export const ownWords = (signature: string): string =>
  signature
    .replace(ORIGIN, "")
    .replace(/^\(alias\) /gm, "")
    .replace(/\nimport [\w$]+$/, "");

/** Documentation without links to where in the generated documents something is: `{@link Account.deposit}` is one. */
export const ownDocumentation = (markdown: string): string =>
  markdown.replace(/\[([^\]]*)\]\(file:[^)]*\)/g, "`$1`").trim();

/** A type error without the documents of types. The checker names them where two types have one name: a cell declared it again. */
export function ownMessage(message: string): string {
  const twice = new Set(Array.from(message.matchAll(NAMED_ORIGIN), ([, name]) => name));
  if (twice.size === 0) return message;
  const [what = "", ...why] = message.replace(ORIGIN, "").split("\n");
  return [`${what} (${[...twice].join(" and ")}: declared again by another cell.)`, ...why].join("\n");
}
