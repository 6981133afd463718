// What the type checker says in the words of the notebook: without what only the generated documents have.

import { DOCUMENT_PREFIX } from "./notebook-scope.ts";

const ORIGIN = new RegExp(`import\\("[^"]*${DOCUMENT_PREFIX}[^"]*"\\)\\.|\\b${DOCUMENT_PREFIX}scope\\.`, "g");

/** A signature without where its types come from, `(alias)` and `import x`: to the user, names of earlier cells are just names. */
export const ownWords = (signature: string): string =>
  signature
    .replace(ORIGIN, "")
    .replace(/^\(alias\) /gm, "")
    .replace(/\nimport [\w$]+$/, "");

/** Documentation without links to where in the generated documents something is: `{@link Account.deposit}` is one. */
export const ownDocumentation = (markdown: string): string =>
  markdown.replace(/\[([^\]]*)\]\(file:[^)]*\)/g, "`$1`").trim();
