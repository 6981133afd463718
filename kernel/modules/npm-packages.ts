// `import x from "npm:lodash-es@4"`: packages that a notebook names itself, installed beside it when they are first
// imported, and found there ever after: `.loopbook/<notebook>/` has a lock file, and needs no network once it is filled.

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { NotebookPlace } from "./notebook-place.ts";
import { type NpmRun, runNpm } from "./npm-command.ts";
import { type NpmSpecifier, npmDirectory, npmTypesFile, parseNpmSpecifier } from "./npm-specifier.ts";

export interface NpmOptions {
  place: NotebookPlace;
  /** Tells the user what goes on, for as long as it does: until what it returns is called. */
  progress: (text: string) => () => void;
  /** Files that have been made or changed. */
  onChange: (paths: string[]) => void;
  /** What forbids installing, as the user wrote it. Default: `LOOPBOOK_NO_INSTALL`, if that is set. */
  forbiddenBy?: string | undefined;
  /** Runs npm, and resolves with what it prints. Rejects with what it says if it fails. */
  npm?: (run: NpmRun) => Promise<string>;
}

export interface InstallOptions {
  /** What the import calls it, if that is not the specifier. */
  called?: string;
  /** Is aborted when nobody waits for it any more. */
  signal?: AbortSignal | undefined;
}

/** Install scripts are not run: a notebook that is opened must not be able to do more than its cells do. */
const INSTALL = ["install", "--ignore-scripts", "--prefer-offline"];
/** Where npm finds the packages of JSR. */
const JSR_REGISTRY = "https://npm.jsr.io";
/** It is another registry than the one that is known to work here: nobody should wait minutes to learn that it does not. */
const IMPATIENT = ["--fetch-retries=1", "--fetch-retry-mintimeout=1000"];

export class NpmPackages {
  readonly #options: NpmOptions;
  readonly #directory: string;
  readonly #types: string;
  /** Names the package that is being installed: where that was cut off, what lies there is not whole. */
  readonly #unfinished: string;
  /** One installation at a time. */
  #turn: Promise<void> = Promise.resolve();

  constructor(options: NpmOptions) {
    this.#options = options;
    this.#directory = npmDirectory(options.place);
    this.#types = npmTypesFile(options.place);
    this.#unfinished = join(this.#directory, "node_modules", ".loopbook-unfinished");
  }

  /** Installs the package that a specifier names, if it is not there. Rejects if it cannot be, or must not. */
  install(specifier: string, { called = specifier, signal }: InstallOptions = {}): Promise<void> {
    const wanted = parseNpmSpecifier(specifier);
    if (!wanted) return Promise.reject(new TypeError(malformed(specifier)));
    const installed = this.#turn.then(() => this.#install(wanted, called, signal));
    this.#turn = installed.catch(() => {});
    return installed;
  }

  async #install(wanted: NpmSpecifier, called: string, signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (!this.#isInstalled(wanted.alias)) {
      const { forbiddenBy = forbiddenByEnvironment(), progress } = this.#options;
      if (forbiddenBy !== undefined) throw new Error(forbidden(wanted, forbiddenBy, this.#directory));
      const end = progress(`Installing ${versioned(wanted)} …`);
      try {
        await this.#fetch(wanted, signal);
      } finally {
        end();
      }
    }
    this.#declare(called, wanted);
  }

  #isInstalled(alias: string): boolean {
    const isThere = existsSync(join(this.#directory, "node_modules", alias, "package.json"));
    return isThere && !(existsSync(this.#unfinished) && readFileSync(this.#unfinished, "utf8") === alias);
  }

  async #fetch(wanted: NpmSpecifier, signal: AbortSignal | undefined): Promise<void> {
    this.#prepare();
    writeFileSync(this.#unfinished, wanted.alias);
    try {
      await this.#npm([targetOf(wanted), ...(await this.#registryOf(wanted, signal))], signal);
    } catch (error) {
      if (signal?.aborted) throw error;
      rmSync(this.#unfinished, { force: true });
      throw new Error(failed(wanted, error instanceof Error ? error.message : String(error)));
    }
    if (!this.#hasTypes(wanted.alias)) await this.#fetchTypes(wanted, signal);
    rmSync(this.#unfinished, { force: true });
  }

  /** Types that others have written, where there are any. */
  async #fetchTypes({ name, alias }: NpmSpecifier, signal: AbortSignal | undefined): Promise<void> {
    const mangled = (id: string): string => `@types/${id.replace(/^@([^/]+)\//, "$1__")}`;
    await this.#npm([`${mangled(alias)}@npm:${mangled(name)}`], signal).catch(() => signal?.throwIfAborted());
  }

  #npm(args: string[], signal: AbortSignal | undefined): Promise<string> {
    const { npm = runNpm } = this.#options;
    return npm({ directory: this.#directory, args: [...INSTALL, ...args], signal });
  }

  /** npm has to be told where JSR's packages are, unless the user has told it. */
  async #registryOf({ name }: NpmSpecifier, signal: AbortSignal | undefined): Promise<string[]> {
    if (!name.startsWith("@jsr/")) return [];
    const { npm = runNpm, place } = this.#options;
    const said = await npm({ directory: place.directory, args: ["config", "get", "@jsr:registry"], signal });
    const known = /^https?:\S+$/m.exec(said)?.[0];
    return [`--@jsr:registry=${known ?? JSR_REGISTRY}`, ...IMPATIENT];
  }

  /** The folder, with a manifest that npm adds to. Node modules are not for version control; the lock file is. */
  #prepare(): void {
    mkdirSync(join(this.#directory, "node_modules"), { recursive: true });
    const manifest = join(this.#directory, "package.json");
    if (!existsSync(manifest))
      writeFileSync(manifest, `${JSON.stringify({ private: true, dependencies: {} }, null, 2)}\n`);
    const ignore = join(this.#directory, "..", ".gitignore");
    if (!existsSync(ignore)) writeFileSync(ignore, "node_modules/\n");
  }

  #hasTypes(alias: string): boolean {
    const manifest = readFileSync(join(this.#directory, "node_modules", alias, "package.json"), "utf8");
    return (
      /"(?:types|typings)"\s*:/.test(manifest) || existsSync(join(this.#directory, "node_modules", alias, "index.d.ts"))
    );
  }

  /** Declares what an import calls it as another name of the package. */
  #declare(called: string, { alias, subpath }: NpmSpecifier): void {
    const from = JSON.stringify(alias + subpath);
    const line = `declare module ${JSON.stringify(called)} { export * from ${from}; export { default } from ${from}; }\n`;
    const known = existsSync(this.#types) ? readFileSync(this.#types, "utf8") : "";
    if (known.includes(line)) return;
    writeFileSync(this.#types, known + line);
    this.#options.onChange([this.#types, join(this.#directory, "package.json")]);
  }
}

function forbiddenByEnvironment(): string | undefined {
  return ["", "0", undefined].includes(process.env.LOOPBOOK_NO_INSTALL) ? undefined : "LOOPBOOK_NO_INSTALL";
}

const versioned = ({ name, range, jsr }: NpmSpecifier): string =>
  (jsr === undefined ? name : `jsr:${jsr}`) + (range === "" ? "" : `@${range}`);

const targetOf = ({ name, range, alias }: NpmSpecifier): string =>
  `${alias}@npm:${range === "" ? name : `${name}@${range}`}`;

const malformed = (specifier: string): string =>
  specifier.startsWith("jsr:")
    ? `jsr:@<scope>/<name>[@<version>] names a package of JSR, got ${specifier}`
    : `npm:<name>[@<version>] names a package, got ${specifier}`;

const forbidden = (wanted: NpmSpecifier, by: string, directory: string): string =>
  `${versioned(wanted)} is not installed for this notebook, and ${by} forbids to install it. ` +
  `Start the kernel without ${by}, or install it yourself: ` +
  `npm install --ignore-scripts --prefix "${directory}" "${targetOf(wanted)}"` +
  (wanted.name.startsWith("@jsr/") ? ` --@jsr:registry=${JSR_REGISTRY}` : "");

function failed(wanted: NpmSpecifier, complaint: string): string {
  const { name, range, jsr } = wanted;
  if (jsr === undefined) return `${versioned(wanted)} could not be installed. npm says:\n${complaint}`;
  const tagged = range === "" ? name : `${name}@${range}`;
  return (
    `${versioned(wanted)} could not be installed: to npm it is "npm:${tagged}", of the registry ${JSR_REGISTRY}. If that cannot be ` +
    `reached from here, name another (npm config set @jsr:registry <url>), or install it beside the notebook (npx jsr add ${jsr}) ` +
    `and write "${jsr}", or write "npm:<name>" for a package of npm's own registry that does the same. npm says:\n${complaint}`
  );
}
