// A question about code that is being written: it is put into a document of its own, below what earlier cells declared.

import { namesBeingDeclared } from "./declared-names.ts";
import type { LanguageServer } from "./language-server.ts";
import { GENERATED_LINES, type NotebookScope } from "./notebook-scope.ts";
import { indexAt, type Position, positionAt, type Range } from "./text-positions.ts";

export class Question {
  readonly #server: LanguageServer;
  readonly code: string;
  readonly #uri: string;

  /** Shows the code to the server. Only the latest question can be asked. */
  constructor(server: LanguageServer, scope: NotebookScope, code: string) {
    this.#server = server;
    this.code = code;
    this.#uri = scope.uri("question.ts");
    const { line } = scope.importsFor(code, namesBeingDeclared(code));
    // Without an import it would be a script, whose names are everybody's.
    server.open(this.#uri, `${line}\n${code}\nexport {};\n`);
  }

  /** Asks about the place at a UTF-16 index of the code. */
  ask(method: string, index: number): Promise<unknown> {
    return this.#server.request(method, { textDocument: { uri: this.#uri }, position: this.#positionAt(index) });
  }

  /** UTF-16 indexes of a range that the server has answered with. */
  indexes({ start, end }: Range): { start: number; end: number } {
    return { start: this.#indexAt(start), end: this.#indexAt(end) };
  }

  /** Whether a place of an answer is in this code; if so, in which lines of it. */
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
