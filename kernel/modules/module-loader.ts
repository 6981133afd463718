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
import { type BuiltIn, importedFrom, resolveFrom } from "./resolver.ts";

export type Namespace = { readonly [name: string]: unknown };

export interface ModuleLoaderParts {
  builtIn: BuiltIn;
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
    const { builtIn, names, install, sources } = this.#parts;
    if (importer === undefined || isBuiltin(specifier) || specifier in builtIn) return;
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
    const imports = text.record().imports.map(({ specifier, start }) => ({
      specifier,
      position: text.positions(positionAt(text.code, start)),
    }));
    for (const { specifier, position } of imports) {
      if (position === undefined) continue;
      try {
        await this.#prepare(specifier, url, visited);
      } catch (error) {
        importedAt(error, path, position);
        throw error;
      }
    }
    // What nobody wrote is what JSX needs. Its package may be one that the others have named.
    for (const { specifier, position } of imports) {
      if (position !== undefined) continue;
      await this.#prepare(specifier, url, visited).catch((error: unknown) => {
        throw jsxError(error, specifier);
      });
    }
  }
}
