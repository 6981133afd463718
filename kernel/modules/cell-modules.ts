// `import`, `require` and `import.meta` as a cell sees them.

import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import type { ImportRequest } from "../compile/modules.ts";
import { JsxPackages, jsxError } from "./jsx-packages.ts";
import type { NotebookPlace } from "./notebook-place.ts";
import type { NpmOptions, NpmPackages } from "./npm-packages.ts";
import { namesPackage } from "./npm-specifier.ts";
import { CELL_IMPORT } from "./resolve-hooks.ts";

/** How packages are installed that cells name. */
export interface ModuleOptions extends Pick<NpmOptions, "progress" | "onChange" | "forbiddenBy"> {
  /** Is aborted when whoever imports now does not wait for it any more. */
  signal: () => AbortSignal | undefined;
}

type Namespace = { readonly [name: string]: unknown };

export class CellModules {
  readonly require: NodeJS.Require;
  readonly meta: ImportMeta;
  readonly #place: NotebookPlace;
  readonly #options: ModuleOptions;
  readonly #jsxPackages = new JsxPackages();
  #packages: Promise<NpmPackages> | undefined;

  constructor(place: NotebookPlace, options: ModuleOptions) {
    this.#place = place;
    this.#options = options;
    this.require = createRequire(place.filename);
    this.meta = Object.assign(Object.create(null), {
      url: place.url,
      filename: place.filename,
      dirname: place.directory,
      main: true,
      resolve: (specifier: string) => this.#resolve(specifier),
    });
  }

  /** `import(specifier)`. */
  async import(specifier: unknown, options?: ImportCallOptions): Promise<Namespace> {
    const name = specifier instanceof URL ? specifier.href : String(specifier);
    if (namesPackage(name)) {
      await this.#install(name);
      this.#jsxPackages.note(name);
    }
    try {
      return await import(CELL_IMPORT + name, options);
    } catch (error) {
      throw this.#explained(error, name);
    }
  }

  /** What the `import` declarations of a cell name, one after the other, as JavaScript runs them. */
  async load(requests: readonly ImportRequest[]): Promise<Namespace[]> {
    const loaded: Namespace[] = [];
    for (const request of requests) loaded.push(await this.#load(request));
    return loaded;
  }

  /** The namespace of a module, with every one of the names in it. */
  async #load({ specifier, names, attributes, forJsx }: ImportRequest): Promise<Namespace> {
    const namespace = forJsx
      ? await this.#loadForJsx(specifier)
      : await this.import(specifier, attributes ? { with: attributes } : undefined);
    const missing = names.filter((name) => !(name in namespace));
    // A name that a TypeScript module does not have at run time may be a type, imported without saying so.
    if (missing.length > 0 && !/\.(m?ts|ipynb)$/.test(specifier))
      throw new SyntaxError(
        `The requested module ${JSON.stringify(specifier)} does not provide an export named ${quoted(missing)}. ` +
          `It has: ${listed(Object.keys(namespace))}`,
      );
    return namespace;
  }

  /** What JSX calls. Its package is the one that cells have imported, from wherever they have it. */
  async #loadForJsx(specifier: string): Promise<Namespace> {
    try {
      return await this.import(this.#jsxPackages.specifierOf(specifier));
    } catch (error) {
      throw jsxError(error, specifier);
    }
  }

  async #install(specifier: string): Promise<void> {
    const signal = this.#options.signal();
    // Loaded at first use: most notebooks name no package.
    this.#packages ??= import("./npm-packages.ts").then(
      ({ NpmPackages }) => new NpmPackages({ place: this.#place, ...this.#options }),
    );
    await (await this.#packages).install(specifier, signal);
  }

  #resolve(specifier: string): string {
    const found = this.require.resolve(specifier);
    return /^[/\\]|^[A-Za-z]:/.test(found) ? pathToFileURL(found).href : found;
  }

  /** Where a module is not found, says where it was looked for and what to do, not that some loader failed. */
  #explained(error: unknown, specifier: string): unknown {
    if (!(error instanceof Error) || !("code" in error)) return error;
    if (error.code !== "ERR_MODULE_NOT_FOUND" && error.code !== "MODULE_NOT_FOUND") return error;
    const isCellsOwn = error.message.includes(this.#place.filename) || error.message.includes(`'${specifier}'`);
    if (!isCellsOwn) return error;
    const { directory } = this.#place;
    const bare = !/^(\.{0,2}\/|file:|node:)/.test(specifier);
    const packageName = specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
    error.message = bare
      ? `Cannot find package '${packageName}' from ${directory}. Install it there: npm install ${packageName}. ` +
        `Or have it installed for this notebook: import … from "npm:${packageName}"`
      : `Cannot find module '${specifier}' from ${directory}`;
    return error;
  }
}

const quoted = (names: string[]): string => names.map((name) => JSON.stringify(name)).join(", ");

function listed(names: string[]): string {
  const shown = names.slice(0, 20).join(", ");
  return names.length > 20 ? `${shown}, … (${names.length} in all)` : shown || "none";
}
