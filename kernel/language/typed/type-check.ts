// Checks the types of cells, beside their execution, and remembers what they declare.

import { evaluateQuietly, releasing } from "../live/members.ts";
import type { RuntimeInspector } from "../live/runtime-inspector.ts";
import { cellDeclarations } from "../scope/declared-names.ts";
import type { NotebookDocuments } from "../scope/notebook-documents.ts";
import type { LanguageServer } from "../server/language-server.ts";
import { diagnosticReport } from "../server/server-messages.ts";
import { type CellTypeError, describeTypeErrors, typeErrors, unknownName } from "./type-errors.ts";

export interface TypeCheckParts {
  server: LanguageServer;
  documents: NotebookDocuments;
  inspector: RuntimeInspector;
}

export interface CheckOptions {
  /** The cell will not run if it has errors, and declares nothing then. */
  refuseErrors?: boolean;
  /** What the cell declares is of interest, its errors are not. */
  silent?: boolean;
}

const PURPOSE = "check";

export class TypeCheck {
  readonly #parts: TypeCheckParts;
  /** One cell after the other: each sees what those before it declare, and they share a document. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: TypeCheckParts) {
    this.#parts = parts;
  }

  /** Resolves with the type errors of a cell, as text. Rejects if nobody can tell; its names are known all the same. */
  check(code: string, options: CheckOptions = {}): Promise<string[]> {
    const checked = this.#turn.then(() => this.#check(code, options));
    this.#turn = checked.catch(() => {});
    return checked;
  }

  async #check(code: string, { refuseErrors = false, silent = false }: CheckOptions): Promise<string[]> {
    const { documents, inspector } = this.#parts;
    const declared = await cellDeclarations(code);
    // What is not TypeScript fails to run, and says why.
    if (!declared) return [];
    const uri = silent ? undefined : documents.show(PURPOSE, code, declared);
    // Who asks about code while this cell is checked knows its names already.
    if (!refuseErrors) documents.declare(code, declared);
    if (uri === undefined) return [];
    let refused = false;
    try {
      const found = await this.#errors(code, uri);
      const errors = await releasing(inspector, () => this.#withoutRunTimeNames(code, found));
      refused = errors.length > 0;
      return describeTypeErrors(code, errors);
    } finally {
      if (refuseErrors && !refused) documents.declare(code, declared);
    }
  }

  async #errors(code: string, uri: string): Promise<CellTypeError[]> {
    const answer = await this.#parts.server.request("textDocument/diagnostic", { textDocument: { uri } });
    return typeErrors(code, diagnosticReport.parse(answer).items);
  }

  /** Without complaints of names that exist: `globalThis.x = 1` makes one that no declaration tells of. */
  async #withoutRunTimeNames(code: string, errors: CellTypeError[]): Promise<CellTypeError[]> {
    const kept = await Promise.all(
      errors.map(async (error) => {
        const name = unknownName(code, error);
        if (name === undefined) return error;
        const type = await evaluateQuietly(this.#parts.inspector, `typeof ${name}`);
        return type === undefined || type.value === "undefined" ? error : undefined;
      }),
    );
    return kept.filter((error) => error !== undefined);
  }
}
