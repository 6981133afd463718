// What has been made of files, for as long as they stay as they are.

import { statSync } from "node:fs";

interface Entry<T> {
  modified: number | undefined;
  size: number | undefined;
  value: T;
}

export class FileCache<T> {
  readonly #read: (path: string) => T;
  readonly #entries = new Map<string, Entry<T>>();

  constructor(read: (path: string) => T) {
    this.#read = read;
  }

  /** What has been made of a file, or is made of it now. Throws what reading it throws. */
  get(path: string): T {
    const { mtimeMs: modified, size } = statSync(path, { throwIfNoEntry: false }) ?? {};
    const known = this.#entries.get(path);
    if (known && known.modified === modified && known.size === size) return known.value;
    const value = this.#read(path);
    this.#entries.set(path, { modified, size, value });
    return value;
  }

  clear(): void {
    this.#entries.clear();
  }
}
