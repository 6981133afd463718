// The notebook as TypeScript sees it: each cell that declares something is a module, and the next ones import from it.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { DeclarationKind, DeclaredName } from "./declared-names.ts";

/** Begins the name of every document that is not the user's. They exist in the type checker's memory only. */
export const DOCUMENT_PREFIX = "__loopbook_";

export interface CellDocument {
  readonly file: string;
  readonly uri: string;
  /** One generated line, the cell as it was written, one generated line. */
  readonly text: string;
  readonly declares: readonly DeclaredName[];
  /** The documents that it imports from. */
  readonly imports: ReadonlySet<CellDocument>;
  readonly module: string;
}

interface Origin {
  document: CellDocument;
  kind: DeclarationKind;
}

const IDENTIFIERS = /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/gu;

/** Before these lines a document has as many generated ones. */
export const GENERATED_LINES = 1;

export class NotebookScope {
  readonly #directory: string;
  readonly #names = new Map<string, Origin>();
  #documents = new Set<CellDocument>();

  /** `directory` is the notebook's: what imports of cells are relative to. */
  constructor(directory: string) {
    this.#directory = directory;
  }

  /** The documents of all cells whose names can still be reached. */
  get documents(): ReadonlySet<CellDocument> {
    return this.#documents;
  }

  /** What earlier cells have declared, latest first. */
  get names(): { name: string; kind: DeclarationKind }[] {
    return [...this.#names].map(([name, { kind }]) => ({ name, kind })).reverse();
  }

  readonly uri = (file: string): string => pathToFileURL(join(this.#directory, DOCUMENT_PREFIX + file)).href;

  /** A cell as a module in `file`. It is not part of the notebook before `add`. */
  document(file: string, code: string, declares: readonly DeclaredName[]): CellDocument {
    const own = new Set(declares.map(({ name }) => name));
    const exported = new Set(declares.filter((declared) => declared.exported).map(({ name }) => name));
    const { line, imports } = this.importsFor(code, own);
    const rest = [...own].filter((name) => !exported.has(name));
    const text = `${line}\n${code}\nexport { ${rest.join(", ")} };\n`;
    return { file, uri: this.uri(file), module: `./${DOCUMENT_PREFIX}${file}`, text, declares, imports };
  }

  /** Makes what a cell declares known to all that follow. Returns the documents that nobody can reach any more. */
  add(document: CellDocument): CellDocument[] {
    for (const declared of document.declares) {
      // A name that is declared twice in a cell, as a type and as a value, must not lose its type to `declare let`.
      const again = this.#names.get(declared.name)?.document === document;
      this.#names.delete(declared.name);
      this.#names.set(declared.name, { document, kind: again ? "const" : declared.kind });
    }
    const reachable = new Set<CellDocument>();
    const visit = (from: CellDocument): void => {
      if (reachable.has(from)) return;
      reachable.add(from);
      for (const imported of from.imports) visit(imported);
    };
    for (const { document: origin } of this.#names.values()) visit(origin);
    const before = this.#documents;
    this.#documents = reachable;
    return [...before.add(document)].filter((known) => !reachable.has(known));
  }

  /** The line that brings in the names which `code` mentions and does not declare. */
  importsFor(code: string, own: ReadonlySet<string>): { line: string; imports: Set<CellDocument> } {
    const byDocument = new Map<CellDocument, string[]>();
    const variables: string[] = [];
    const imports = new Set<CellDocument>();
    for (const name of new Set(code.match(IDENTIFIERS))) {
      const origin = own.has(name) ? undefined : this.#names.get(name);
      if (!origin) continue;
      const { document, kind } = origin;
      imports.add(document);
      // An import cannot be assigned to; a variable of an earlier cell can.
      if (kind === "let") variables.push(`declare let ${name}: typeof import("${document.module}").${name};`);
      else byDocument.set(document, [...(byDocument.get(document) ?? []), name]);
    }
    const lines = [...byDocument].map(([{ module }, names]) => `import { ${names.join(", ")} } from "${module}";`);
    return { line: [...lines, ...variables].join(" "), imports };
  }
}
