// Imports with all that they need before Node's loader, which cannot wait, comes to them: the packages that files name, and
// the files themselves. What is wrong with one is told with the lines of the imports that led to it.

import { existsSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname } from "node:path";
import { positionAt } from "../compile/positions.ts";
import { importedAt } from "./import-place.ts";
import { jsxError } from "./jsx-packages.ts";
import { localPath, pathOf } from "./local-files.ts";
import { explained, notFound, placed } from "./module-errors.ts";
import type { ModuleSource } from "./module-source.ts";
import type { ModuleSources } from "./module-sources.ts";
import type { ProjectNames } from "./project-names.ts";
import { importedFrom, resolveFrom } from "./resolver.ts";

export type Namespace = { readonly [name: string]: unknown };

export interface ModuleLoaderParts {
  names: ProjectNames;
  sources: ModuleSources;
  /** Installs the package that a specifier such as `npm:ms` names. The import may have `called` it otherwise. */
  install: (specifier: string, called: string) => Promise<void>;
}

export class ModuleLoader {
  readonly #parts: ModuleLoaderParts;
  /** Files that have all they need, by the URL of their version. */
  readonly #prepared = new Set<string>();

  constructor(parts: ModuleLoaderParts) {
    this.#parts = parts;
  }

  /** `import(specifier, options)` in the module at `from`. */
  async import(specifier: string, from: string, options?: ImportCallOptions): Promise<Namespace> {
    const { names, sources } = this.#parts;
    names.refresh();
    const visited = new Set<string>();
    await this.#prepare(specifier, from, visited);
    try {
      const namespace: Namespace = await import(importedFrom(from, specifier), options);
      for (const url of visited) this.#prepared.add(url);
      return namespace;
    } catch (error) {
      throw placed(error, { urls: visited, textOf: (url) => sources.text(url) });
    }
  }

  async #prepare(specifier: string, from: string, visited: Set<string>): Promise<void> {
    const importer = pathOf(from);
    if (importer === undefined || isBuiltin(specifier)) return;
    const { names, install, sources } = this.#parts;
    const wanted = names.packageOf(specifier, importer);
    if (wanted !== undefined) return install(wanted, specifier);
    const url = this.#found(specifier, from, dirname(importer));
    const path = localPath(url);
    if (path === undefined || visited.has(url) || this.#prepared.has(url)) return;
    visited.add(url);
    const text = sources.text(url);
    if (text) await this.#prepareImports(text, url, path, visited);
  }

  #found(specifier: string, from: string, directory: string): string {
    let url: string;
    try {
      url = resolveFrom(specifier, from);
    } catch (error) {
      throw explained(error, specifier, directory);
    }
    const path = localPath(url);
    if (path !== undefined && !existsSync(path)) throw notFound(specifier, directory);
    return url;
  }

  async #prepareImports(text: ModuleSource, url: string, path: string, visited: Set<string>): Promise<void> {
    for (const { specifier, start } of text.record().imports) {
      try {
        await this.#prepare(specifier, url, visited);
      } catch (error) {
        const position = text.positions(positionAt(text.code, start));
        if (position === undefined) throw jsxError(error, specifier); // nobody wrote it
        importedAt(error, path, position);
        throw error;
      }
    }
  }
}
