// `import`, `require`, `module` and `import.meta` as a cell sees them.

import type { Module } from "node:module";
import { pathToFileURL, URL } from "node:url";
import type { ImportRequest } from "../compile/modules.ts";
import type { CellImports } from "./cell-imports.ts";
import { commonJs } from "./common-js.ts";
import { callSite, frame, importedAt, importedFirstAt } from "./import-place.ts";
import { type JsxPackages, jsxError } from "./jsx-packages.ts";
import { withoutVersion } from "./local-files.ts";
import { noSuchExport } from "./module-errors.ts";
import { ModuleLoader, type Namespace } from "./module-loader.ts";
import type { ModuleSources } from "./module-sources.ts";
import type { NotebookPlace } from "./notebook-place.ts";
import type { NpmOptions, NpmPackages } from "./npm-packages.ts";
import type { ProjectNames } from "./project-names.ts";
import { type BuiltIn, resolveFrom } from "./resolver.ts";

/** How packages are installed that cells name. */
export interface ModuleOptions extends Pick<NpmOptions, "progress" | "onChange" | "forbiddenBy"> {
  builtIn: BuiltIn;
  names: ProjectNames;
  sources: ModuleSources;
  jsxPackages: JsxPackages;
  /** Is aborted when whoever imports now does not wait for it any more. */
  signal: () => AbortSignal | undefined;
}

/** A cell, as errors name it. */
export interface ImportingCell {
  name: string;
  source: string;
}

export interface Loaded {
  namespaces: Namespace[];
  /** Names that the cell imports and that are types: there is nothing to bind. */
  types: Set<string>;
}

export class CellModules {
  readonly module: Module;
  readonly require: NodeJS.Require;
  readonly meta: ImportMeta;
  readonly #place: NotebookPlace;
  readonly #options: ModuleOptions;
  readonly #loader: ModuleLoader;
  #packages: Promise<NpmPackages> | undefined;

  constructor(place: NotebookPlace, options: ModuleOptions) {
    this.#place = place;
    this.#options = options;
    const { builtIn, names, sources } = options;
    this.#loader = new ModuleLoader({
      builtIn,
      names,
      sources,
      install: (wanted, called) => this.#install(wanted, called),
    });
    const { require, module } = commonJs(place.filename);
    // A cell is run, not imported.
    this.require = Object.assign(require, { main: module });
    this.module = Object.assign(module, { id: "." });
    const meta = {
      // What it is called may be told later.
      get url() {
        return place.url;
      },
      get filename() {
        return place.filename;
      },
      dirname: place.directory,
      main: true,
      resolve: (specifier: string) => withoutVersion(resolveFrom(specifier, place.url)),
    };
    this.meta = Object.defineProperties(Object.create(null), Object.getOwnPropertyDescriptors(meta));
  }

  /** `import(specifier)` in a cell. */
  import(specifier: unknown, options?: ImportCallOptions): Promise<Namespace> {
    return this.#importAt(callSite(this.import), specifier, this.#place.url, options);
  }

  /** `import()` in a file. */
  importIn(path: string): (specifier: unknown, options?: ImportCallOptions) => Promise<Namespace> {
    const importHere = (specifier: unknown, options?: ImportCallOptions): Promise<Namespace> =>
      this.#importAt(callSite(importHere), specifier, pathToFileURL(path).href, options);
    return importHere;
  }

  async #importAt(
    place: () => string,
    specifier: unknown,
    from: string,
    options: ImportCallOptions | undefined,
  ): Promise<Namespace> {
    try {
      return await this.#loader.import(specifier instanceof URL ? specifier.href : String(specifier), from, options);
    } catch (error) {
      importedFirstAt(error, place());
      throw error;
    }
  }

  /** What the `import` declarations of a cell name, one after the other, as JavaScript runs them. */
  async load(requests: readonly ImportRequest[], cell: ImportingCell): Promise<Loaded> {
    const loaded: Loaded = { namespaces: [], types: new Set() };
    for (const request of requests) {
      const namespace = await this.#imported(request, cell);
      loaded.namespaces.push(await this.#checked(request, namespace, cell, loaded.types));
    }
    return loaded;
  }

  async #imported({ specifier, names, attributes, forJsx }: ImportRequest, cell: ImportingCell): Promise<Namespace> {
    if (forJsx) return this.#importedForJsx(specifier);
    const mayBeForTypes = names.length === 0 && /\btype\b/.test(cell.source);
    if (mayBeForTypes && (await cellImports(cell.source)).isForTypes(specifier)) return {};
    try {
      return await this.#loader.import(specifier, this.#place.url, attributes && { with: attributes });
    } catch (error) {
      const position = (await cellImports(cell.source)).place(specifier);
      if (position) importedFirstAt(error, frame(cell.name, position));
      throw error;
    }
  }

  /** What JSX calls. Its package is the one that cells have imported, from wherever they have it. */
  async #importedForJsx(specifier: string): Promise<Namespace> {
    try {
      return await this.#loader.import(this.#options.jsxPackages.specifierOf(specifier), this.#place.url);
    } catch (error) {
      throw jsxError(error, specifier);
    }
  }

  /** The names that a cell imports, with those that a CommonJS module tells only when it has run. Throws if one is missing. */
  async #checked(
    { specifier, names }: ImportRequest,
    namespace: Namespace,
    cell: ImportingCell,
    types: Set<string>,
  ): Promise<Namespace> {
    const lacking = names.filter((name) => !(name in namespace));
    if (lacking.length === 0) return namespace;
    const late = isObject(namespace, specifier) ? lateNames(namespace, lacking) : {};
    const missing = lacking.filter((name) => !(name in late));
    const imports = missing.length > 0 ? await cellImports(cell.source) : undefined;
    const wrong: string[] = [];
    for (const name of missing) {
      const use = imports?.use(specifier, name) ?? "value";
      // What the cell does not use may be a type that the next cell is about.
      const isType = use === "type" || (use === "none" && (await this.#declaresType(name, specifier)));
      if (isType) types.add(imports?.localName(specifier, name) ?? name);
      else wrong.push(name);
    }
    const [first] = wrong;
    if (first === undefined) return Object.keys(late).length === 0 ? namespace : { ...namespace, ...late };
    const isType = await this.#declaresType(first, specifier);
    const error = noSuchExport(
      specifier,
      wrong,
      isType ? `${first} is a type, and has no value` : allNames(namespace, specifier),
    );
    importedAt(error, cell.name, imports?.place(specifier, first));
    throw error;
  }

  async #declaresType(name: string, specifier: string): Promise<boolean> {
    const { declaresType } = await import("./declared-types.ts");
    return declaresType(name, specifier, resolveFrom(specifier, this.#place.url));
  }

  async #install(wanted: string, called: string): Promise<void> {
    const signal = this.#options.signal();
    // Loaded at first use: most notebooks name no package.
    this.#packages ??= import("./npm-packages.ts").then(
      ({ NpmPackages }) => new NpmPackages({ place: this.#place, ...this.#options }),
    );
    await (await this.#packages).install(wanted, { called, signal });
    this.#options.jsxPackages.note(wanted);
  }
}

/** Whether a module is an object that it exports: CommonJS, or JSON. */
const isObject = (namespace: Namespace, specifier: string): boolean =>
  "module.exports" in namespace || specifier.endsWith(".json");

/** What a module has, for who looks for something else. */
const allNames = (namespace: Namespace, specifier: string): string[] => [
  ...new Set([
    ...Object.keys(namespace),
    ...(isObject(namespace, specifier) ? Object.keys(Object(namespace.default)) : []),
  ]),
];

function lateNames({ default: exports }: Namespace, names: readonly string[]): { [name: string]: unknown } {
  const object = Object(exports);
  return Object.fromEntries(names.filter((name) => name in object).map((name) => [name, object[name]]));
}

const cellImports = async (source: string): Promise<CellImports> =>
  new (await import("./cell-imports.ts")).CellImports(source);
