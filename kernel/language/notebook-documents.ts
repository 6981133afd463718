// The notebook's documents in the language server. Those that answer a question come first: the modules of cells are
// opened when a name of theirs is mentioned, or while the user thinks.

import type { DeclaredName } from "./declared-names.ts";
import { DocumentPool } from "./document-pool.ts";
import type { LanguageServer } from "./language-server.ts";
import { type CellModule, type NotebookScope, SCOPE_FILE } from "./notebook-scope.ts";

/** How long nothing must have been asked, in milliseconds. */
const IDLE = 300;
/** Where the imports of a document change, the server resolves all there are anew: most code keeps out of that. */
const OWN_IMPORTS = /\b(?:import|export)\b/;

export class NotebookDocuments {
  readonly #server: LanguageServer;
  readonly #scope: NotebookScope;
  readonly #pool: DocumentPool;
  /** Cells whose modules the server does not have yet. */
  readonly #waiting = new Set<CellModule>();
  #timer: NodeJS.Timeout | undefined;

  constructor(server: LanguageServer, scope: NotebookScope) {
    this.#server = server;
    this.#scope = scope;
    this.#pool = new DocumentPool(server, scope.uri);
    server.open(scope.uri(SCOPE_FILE), scope.scopeText());
  }

  /** Makes what a cell declares known to all that is asked from now on. */
  declare(code: string, declares: readonly DeclaredName[]): void {
    if (declares.length === 0) return;
    const module = this.#scope.module(this.#pool.take(), code, declares);
    this.#waiting.add(module);
    for (const unreachable of this.#scope.add(module)) {
      this.#waiting.delete(unreachable);
      this.#pool.release(unreachable.file);
    }
    this.#openLater();
  }

  /**
   * Gives the server a document with code that is not part of the notebook, and all that the code mentions. Returns the
   * document's URI. `purpose` begins its name: code for another purpose does not take its place.
   */
  show(purpose: string, code: string, declares: readonly DeclaredName[], own?: ReadonlySet<string>): string {
    const mentioned = this.#scope.mentioned(code, own ?? new Set(declares.map(({ name }) => name)));
    const uri = this.#scope.uri(purpose + (OWN_IMPORTS.test(code) ? "_importing.ts" : ".ts"));
    this.#server.open(uri, this.#scope.draftText(code, declares, own));
    this.#server.open(this.#scope.uri(SCOPE_FILE), this.#scope.scopeText());
    if ([...mentioned.values()].some(({ module }) => this.#waiting.has(module))) this.#openWaiting();
    else if (this.#waiting.size > 0) this.#openLater();
    return uri;
  }

  #openLater(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      for (const module of this.#waiting) this.#scope.expectMention(module);
      this.#openWaiting();
    }, IDLE).unref();
  }

  /** Last, because the server looks at everything anew when a document is opened, and else when it is asked. */
  #openWaiting(): void {
    clearTimeout(this.#timer);
    this.#server.open(this.#scope.uri(SCOPE_FILE), this.#scope.scopeText());
    for (const module of this.#waiting) this.#server.open(this.#scope.uri(module.file), this.#scope.moduleText(module));
    this.#waiting.clear();
  }
}
