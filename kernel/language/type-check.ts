// Checks the types of cells, beside their execution, and remembers what they declare.

import { declaredNames } from "./declared-names.ts";
import type { DocumentPool } from "./document-pool.ts";
import type { LanguageServer } from "./language-server.ts";
import { evaluateQuietly, releasing } from "./members.ts";
import type { CellDocument, NotebookScope } from "./notebook-scope.ts";
import type { RuntimeInspector } from "./runtime-inspector.ts";
import { diagnosticReport } from "./server-messages.ts";
import { type CellTypeError, describeTypeErrors, typeErrors, unknownName } from "./type-errors.ts";

export interface TypeCheckParts {
  server: LanguageServer;
  scope: NotebookScope;
  pool: DocumentPool;
  inspector: RuntimeInspector;
}

export class TypeCheck {
  readonly #parts: TypeCheckParts;
  /** One cell after the other: each sees what those before it declare. */
  #turn: Promise<unknown> = Promise.resolve();
  /** Documents that are being checked. */
  readonly #inUse = new Set<CellDocument>();

  constructor(parts: TypeCheckParts) {
    this.#parts = parts;
  }

  /**
   * Resolves with the type errors of a cell, as text. What the cell declares is known to the cells that are checked after
   * it; where `refuseErrors` is set only if it has none, because it will not run then. Rejects if nobody can tell.
   */
  check(code: string, { refuseErrors = false, silent = false } = {}): Promise<string[]> {
    const { server, scope, pool, inspector } = this.#parts;
    const opened = this.#turn.then(async () => {
      const names = await declaredNames(code);
      // What is not TypeScript fails to run, and says why.
      if (!names) return undefined;
      const document = scope.document(pool.take(), code, names);
      server.open(document.uri, document.text);
      this.#inUse.add(document);
      if (!refuseErrors) this.#declare(document);
      return document;
    });
    const checked = opened.then(async (document) => {
      if (!document) return [];
      try {
        const errors = silent ? [] : await this.#errors(code, document);
        if (refuseErrors && errors.length === 0) this.#declare(document);
        const known = await releasing(inspector, () => this.#withoutRunTimeNames(code, errors));
        return describeTypeErrors(code, known);
      } finally {
        this.#inUse.delete(document);
        if (!scope.documents.has(document)) pool.release(document.file);
      }
    });
    this.#turn = (refuseErrors ? checked : opened).catch(() => {});
    return checked;
  }

  #declare(document: CellDocument): void {
    const { scope, pool } = this.#parts;
    for (const unreachable of scope.add(document)) if (!this.#inUse.has(unreachable)) pool.release(unreachable.file);
  }

  async #errors(code: string, { uri }: CellDocument): Promise<CellTypeError[]> {
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
