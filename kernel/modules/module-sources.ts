// The files that a notebook imports, each read and compiled once for as long as it stays as it is.

import { extname } from "node:path";
import { FileCache } from "./file-cache.ts";
import { pathOf } from "./local-files.ts";
import { javaScriptModule, type ModuleSource, notebookModule, typeScriptModule } from "./module-source.ts";

type Reader = (path: string) => ModuleSource;

const COMPILED: { [extension: string]: Reader } = {
  ".ts": typeScriptModule,
  ".mts": typeScriptModule,
  ".ipynb": notebookModule,
};
const PLAIN: { [extension: string]: Reader } = {
  ".js": javaScriptModule,
  ".mjs": javaScriptModule,
  ".cjs": javaScriptModule,
};

export class ModuleSources {
  readonly #onSource: (url: string, source: ModuleSource) => void;
  readonly #files = new FileCache<ModuleSource | undefined>((path) =>
    (COMPILED[extname(path)] ?? PLAIN[extname(path)])?.(path),
  );

  /** `onSource` is told of each source that is read, under the URL that its module has. */
  constructor(onSource: (url: string, source: ModuleSource) => void) {
    this.#onSource = onSource;
  }

  /** What a module is made of, if it is not run as it was written. Throws `CellSyntaxError`. */
  compiled(url: string): ModuleSource | undefined {
    const path = pathOf(url);
    return path !== undefined && COMPILED[extname(path)] ? this.#get(url, path) : undefined;
  }

  /** The text of a module, compiled if it has to be. Undefined for what has none, such as JSON. Throws `CellSyntaxError`. */
  text(url: string): ModuleSource | undefined {
    const path = pathOf(url);
    return path === undefined ? undefined : this.#get(url, path);
  }

  #get(url: string, path: string): ModuleSource | undefined {
    const source = this.#files.get(path);
    if (source) this.#onSource(url, source);
    return source;
  }
}
