// What a project's own files say that names stand for: `imports` of package.json and of deno.json, `paths` of tsconfig.json.
// Each file that imports has its own, nearest ones. A cell may write them: they are read again when they have changed.

import { FileCache } from "./file-cache.ts";
import { filesAbove, nearestAbove } from "./folders-above.ts";
import { IMPORT_MAP_FILES, type ImportMap, importMap } from "./import-map.ts";
import { namesPackage } from "./npm-specifier.ts";
import { packageImports } from "./package-imports.ts";
import { type NameTable, tsconfigPaths } from "./tsconfig-paths.ts";

export class ProjectNames {
  readonly #paths = new FileCache<NameTable>(tsconfigPaths);
  readonly #maps = new FileCache<ImportMap | undefined>(importMap);

  /** Forgets what has been read: a file that another one names may have changed. */
  refresh(): void {
    this.#paths.clear();
    this.#maps.clear();
  }

  /**
   * What a specifier in the file `importer` may stand for, best first: paths, which may lack an extension, and other
   * specifiers. `conditions` are those of the importer's package.json.
   */
  find(specifier: string, importer: string, conditions: readonly string[] = IMPORT): readonly string[] {
    if (/^(?:node|data|file):/.test(specifier)) return [];
    const mapped = this.#mapped(specifier, importer);
    if (mapped !== undefined) return [mapped];
    if (specifier.startsWith("#")) {
      const manifest = nearestAbove(importer, ["package.json"]);
      return manifest === undefined ? [] : packageImports(manifest, conditions)(specifier);
    }
    if (/^\.{0,2}\/|^\.{1,2}$|^\w{2,}:/.test(specifier)) return [];
    const tsconfig = nearestAbove(importer, ["tsconfig.json"]);
    return tsconfig === undefined ? [] : this.#paths.get(tsconfig)(specifier);
  }

  /** The package that is installed for the notebook, where the specifier means one. */
  packageOf(specifier: string, importer: string): string | undefined {
    return [specifier, ...this.find(specifier, importer)].find(namesPackage);
  }

  #mapped(specifier: string, importer: string): string | undefined {
    for (const file of filesAbove(importer, IMPORT_MAP_FILES)) {
      const found = this.#maps.get(file)?.(specifier, importer);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

const IMPORT = ["node", "import"];
