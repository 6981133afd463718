// Names of documents for cells. To open one and to close one cost the server several times as much as to give an open
// one another text: some are open before they are needed, and what nobody needs any more gets the next cell's text.

import type { LanguageServer } from "./language-server.ts";

/** As many are opened while the user thinks. */
const READY = 4;
/** How long nothing must have been taken, in milliseconds: each costs what the next answer would have to wait for. */
const IDLE = 1_000;
/** Of more documents that nobody needs, the server is relieved. */
const MOST_FREE = 16;

export class DocumentPool {
  readonly #server: LanguageServer;
  readonly #uri: (file: string) => string;
  readonly #beforeOpening: () => void;
  readonly #free: string[] = [];
  readonly #open = new Set<string>();
  #count = 0;
  #filling: NodeJS.Timeout | undefined;

  /** `uri` gives the place of a file by its name. `beforeOpening` is called when there are more in `open`. */
  constructor(server: LanguageServer, uri: (file: string) => string, beforeOpening: () => void) {
    this.#server = server;
    this.#uri = uri;
    this.#beforeOpening = beforeOpening;
    this.#fillLater();
  }

  /** The names of the documents that are open, or about to be, and were or are without a cell. */
  get open(): ReadonlySet<string> {
    return this.#open;
  }

  /** A name that no cell has, of a document with or without JSX. */
  take(extension: "ts" | "tsx" = "ts"): string {
    this.#fillLater();
    if (extension === "tsx") return this.#new(extension);
    // The latest: what it imports is most likely what the next cell imports, and the server has least to do.
    return this.#free.pop() ?? this.#new();
  }

  /** Nobody asks about this document any more, or imports from it. */
  release(file: string): void {
    if (this.#free.length < MOST_FREE && !file.endsWith(".tsx")) {
      this.#free.push(file);
      this.#open.add(file);
    } else {
      this.#open.delete(file);
      this.#server.close(this.#uri(file));
    }
  }

  #new(extension = "ts"): string {
    return `cell_${++this.#count}.${extension}`;
  }

  #fillLater(): void {
    clearTimeout(this.#filling);
    this.#filling = setTimeout(() => {
      const missing = Math.max(0, READY - this.#free.length);
      const files = Array.from({ length: missing }, () => this.#new());
      this.#free.unshift(...files.toReversed());
      for (const file of files) this.#open.add(file);
      if (missing > 0) this.#beforeOpening();
      for (const file of files) this.#server.open(this.#uri(file), "export {};\n");
    }, IDLE).unref();
  }
}
