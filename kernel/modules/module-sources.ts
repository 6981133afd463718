// The files that a notebook imports, each read and compiled once for as long as it stays as it is.

import { extname } from "node:path";
import { FileCache } from "./file-cache.ts";
import { pathOf } from "./local-files.ts";
import { javaScriptModule, type ModuleSource, typeScriptModule } from "./module-source.ts";
import { notebookModule } from "./notebook-module.ts";
import { ValueNames, withoutTypes } from "./passed-on-types.ts";

type Reader = (path: string) => ModuleSource;

const COMPILED: { [extension: string]: Reader } = {
  ".ts": typeScriptModule,
  ".mts": typeScriptModule,
  ".cts": typeScriptModule,
  ".tsx": typeScriptModule,
  ".jsx": typeScriptModule,
  ".ipynb": notebookModule,
};
const PLAIN: { [extension: string]: Reader } = {
  ".js": javaScriptModule,
  ".mjs": javaScriptModule,
  ".cjs": javaScriptModule,
};

export interface ModuleSourcesOptions {
  /** Where an import in the module at a URL leads. */
  resolve: (specifier: string, from: string) => string;
  /** Is told of each source that is read, under the URL that its module has. */
  onSource: (url: string, source: ModuleSource) => void;
}

export class ModuleSources {
  readonly #options: ModuleSourcesOptions;
  readonly #values: ValueNames;
  readonly #files = new FileCache<ModuleSource | undefined>((path) =>
    (COMPILED[extname(path)] ?? PLAIN[extname(path)])?.(path),
  );

  constructor(options: ModuleSourcesOptions) {
    this.#options = options;
    this.#values = new ValueNames({ ...options, textOf: (path) => this.#files.get(path) });
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
    const read = this.#files.get(path);
    const source = read && COMPILED[extname(path)] ? withoutTypes(read, url, this.#values) : read;
    if (source) this.#options.onSource(url, source);
    return source;
  }
}
