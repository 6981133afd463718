// The notebook's documents in the language server. Those that answer a question come first: the modules of cells are
// opened when a name of theirs is mentioned, or while the user thinks.

import { DocumentPool } from "../server/document-pool.ts";
import type { LanguageServer } from "../server/language-server.ts";
import type { CellDeclarations } from "./declared-names.ts";
import { type CellModule, draftFile, type NotebookScope, type Purpose } from "./notebook-scope.ts";

/** How long nothing must have been asked, in milliseconds. */
const IDLE = 300;
/** How long after a module was opened the next one is, in milliseconds. */
const NEXT = 50;
/** Where the imports of a document change, the server resolves all there are anew: most code keeps out of that. */
const OWN_IMPORTS = /\b(?:import|export)\b/;

export class NotebookDocuments {
  readonly #server: LanguageServer;
  readonly #scope: NotebookScope;
  readonly #pool: DocumentPool;
  #timer: NodeJS.Timeout | undefined;

  constructor(server: LanguageServer, scope: NotebookScope) {
    this.#server = server;
    this.#scope = scope;
    this.#pool = new DocumentPool(server, scope.uri, () => this.#update([]));
    this.#update([]);
  }

  /** Makes what a cell declares known to all that is asked from now on. */
  declare(code: string, { names, augmentations, jsx }: CellDeclarations): void {
    if (names.length === 0 && augmentations.length === 0) return;
    const module = this.#scope.module(this.#pool.take(jsx ? "tsx" : "ts"), code, names, augmentations);
    for (const { file } of this.#scope.add(module)) this.#pool.release(file);
    this.#updateLater(IDLE);
  }

  /**
   * Gives the server a document with code that is not part of the notebook, and all that the code mentions. Returns the
   * document's URI. Code for another purpose does not take its place.
   */
  show(purpose: Purpose, code: string, declarations: CellDeclarations, own?: ReadonlySet<string>): string {
    const { names, augmentations, jsx } = declarations;
    const uri = this.#scope.uri(draftFile(purpose, { importing: OWN_IMPORTS.test(code), jsx }));
    this.#scope.supersede(augmentations);
    const { text, needs } = this.#scope.draft(code, names, own);
    this.#server.open(uri, text);
    if (needs.length > 0) this.#update(needs);
    this.#updateLater(IDLE);
    return uri;
  }

  /** One after the other: a question that comes meanwhile waits for all that the server has been told of. */
  #updateLater(delay: number): void {
    clearTimeout(this.#timer);
    if (!this.#scope.outdated) return;
    this.#timer = setTimeout(() => {
      const { outdated } = this.#scope;
      if (outdated) this.#update([outdated]);
      this.#updateLater(NEXT);
    }, delay).unref();
  }

  /** Last, because the server looks at everything anew when a document is opened, and else when it is asked. */
  #update(modules: readonly CellModule[]): void {
    for (const { file, text } of this.#scope.update(modules, this.#pool.open))
      this.#server.open(this.#scope.uri(file), text);
  }
}
