// Which version of a file beside the notebook is current: a module whose file, or any file it imports, has changed is
// loaded anew by the next import.

import { statSync } from "node:fs";

interface LoadedFile {
  modified: number;
  version: number;
  imports: Set<string>;
}

export class FileVersions {
  readonly #files = new Map<string, LoadedFile>();
  readonly #onFirst: (path: string) => void;

  /** `onFirst` is told of each file when it is first asked about. */
  constructor(onFirst: (path: string) => void) {
    this.#onFirst = onFirst;
  }

  /** The version of a file, 0 for the first; higher once it or a file below it has changed. */
  current(path: string): number {
    return this.#refresh(path, new Set()).version;
  }

  /** Notes that one file imports another, or depends on it otherwise. */
  addImport(importer: string, imported: string): void {
    if (!this.#files.has(imported)) this.current(imported);
    this.#files.get(importer)?.imports.add(imported);
  }

  #refresh(path: string, visiting: Set<string>): LoadedFile {
    const modified = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    let file = this.#files.get(path);
    if (!file) {
      file = { modified, version: 0, imports: new Set() };
      this.#files.set(path, file);
      this.#onFirst(path);
      return file;
    }
    if (visiting.has(path)) return file;
    visiting.add(path);
    let changed = file.modified !== modified;
    for (const each of file.imports) {
      const before = this.#files.get(each)?.version;
      if (this.#refresh(each, visiting).version !== before) changed = true;
    }
    if (changed) {
      file.modified = modified;
      file.version++;
      file.imports.clear();
    }
    return file;
  }
}
