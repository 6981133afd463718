// A question about code that is being written: it is put into a document of its own, below what earlier cells declared.

import type { LanguageServer } from "../server/language-server.ts";
import { indexAt, type Position, positionAt, type Range } from "../server/text-positions.ts";
import { looksLikeJsx, namesBeingDeclared } from "./declared-names.ts";
import type { NotebookDocuments } from "./notebook-documents.ts";
import { GENERATED_LINES } from "./notebook-scope.ts";

const PURPOSE = "question";

export class Question {
  readonly code: string;
  readonly #server: LanguageServer;
  readonly #uri: string;

  /** Shows the code to the server. All questions share a document: the next is made when this one is answered. */
  constructor(server: LanguageServer, documents: NotebookDocuments, code: string) {
    this.#server = server;
    this.code = code;
    const declarations = { names: [], augmentations: [], jsx: looksLikeJsx(code) };
    this.#uri = documents.show(PURPOSE, code, declarations, namesBeingDeclared(code));
  }

  /** Asks about the place at a UTF-16 index of the code. */
  ask(method: string, index: number): Promise<unknown> {
    return this.#server.request(method, { textDocument: { uri: this.#uri }, position: this.#positionAt(index) });
  }

  /** UTF-16 indexes of a range that the server has answered with. */
  indexes({ start, end }: Range): { start: number; end: number } {
    return { start: this.#indexAt(start), end: this.#indexAt(end) };
  }

  /** Whether a place of an answer is in this code. */
  owns(uri: string): boolean {
    return uri === this.#uri;
  }

  #positionAt(index: number): Position {
    const { line, character } = positionAt(this.code, index);
    return { line: line + GENERATED_LINES, character };
  }

  #indexAt({ line, character }: Position): number {
    return indexAt(this.code, { line: line - GENERATED_LINES, character });
  }
}
