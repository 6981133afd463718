// What a project's own files say that names stand for: `imports` of package.json and of deno.json, `paths` of tsconfig.json.
// Each file that imports has its own, nearest ones. A cell may write them: they are read again when they have changed.

import { dirname } from "node:path";
import { FileCache } from "./file-cache.ts";
import { filesAbove, nearestAbove } from "./folders-above.ts";
import { IMPORT_MAP_FILES, type ImportMap, importMap } from "./import-map.ts";
import { namesPackage } from "./npm-specifier.ts";
import { packageImports } from "./package-imports.ts";
import { type NameTable, tsconfigPaths } from "./tsconfig-paths.ts";

interface FilesAbove {
  /** The nearest first. */
  maps: readonly string[];
  tsconfig: string | undefined;
}

export interface NamedByProject {
  /** What a specifier may stand for, best first: paths, which may lack an extension, and other specifiers. */
  candidates: readonly string[];
  /** The file that says so. */
  source?: string;
}

export class ProjectNames {
  readonly #paths = new FileCache<NameTable>(tsconfigPaths);
  readonly #maps = new FileCache<ImportMap | undefined>(importMap);

  /** Where files are that name something, by the folder that asks. */
  #above: Map<string, FilesAbove> | undefined;

  /** An import begins. What has been read is forgotten: a file that another one names may have changed. */
  refresh(): void {
    this.#paths.clear();
    this.#maps.clear();
    // An import asks several times at once. What runs later may have written such a file.
    const above = new Map<string, FilesAbove>();
    this.#above = above;
    setImmediate(() => {
      if (this.#above === above) this.#above = undefined;
    });
  }

  /** For a specifier in the file `importer`. `conditions` are those of an import in package.json. */
  find(specifier: string, importer: string, conditions: readonly string[] = IMPORT): NamedByProject {
    if (/^(?:node|data|file):/.test(specifier)) return NOTHING;
    // `require` does not say when it begins.
    const { maps, tsconfig } = this.#filesAbove(importer, conditions.includes("require"));
    for (const file of maps) {
      const mapped = this.#maps.get(file)?.(specifier, importer);
      if (mapped !== undefined) return { candidates: [mapped], source: file };
    }
    if (specifier.startsWith("#")) {
      const source = nearestAbove(importer, ["package.json"]);
      return source === undefined ? NOTHING : { candidates: packageImports(source, conditions)(specifier), source };
    }
    if (tsconfig === undefined || /^\.{0,2}\/|^\.{1,2}$|^\w{2,}:/.test(specifier)) return NOTHING;
    return { candidates: this.#paths.get(tsconfig)(specifier), source: tsconfig };
  }

  /** The package that is installed for the notebook, where the specifier means one. */
  packageOf(specifier: string, importer: string): string | undefined {
    return [specifier, ...this.find(specifier, importer).candidates].find(namesPackage);
  }

  #filesAbove(importer: string, anew: boolean): FilesAbove {
    const folder = dirname(importer);
    const known = anew ? undefined : this.#above?.get(folder);
    if (known) return known;
    const found = {
      maps: [...filesAbove(importer, IMPORT_MAP_FILES)],
      tsconfig: nearestAbove(importer, ["tsconfig.json"]),
    };
    this.#above?.set(folder, found);
    return found;
  }
}

const IMPORT = ["node", "import"];
const NOTHING: NamedByProject = { candidates: [] };
