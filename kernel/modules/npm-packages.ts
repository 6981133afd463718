// `import x from "npm:lodash-es@4"`: packages that a notebook names itself, installed beside it when they are first
// imported, and found there ever after: `.loopbook/<notebook>/` has a lock file, and needs no network once it is filled.

import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { NotebookPlace } from "./notebook-place.ts";
import { type NpmSpecifier, npmDirectory, npmTypesFile, parseNpmSpecifier } from "./npm-specifier.ts";

export interface NpmOptions {
  place: NotebookPlace;
  /** Tells the user what goes on. */
  report: (text: string) => void;
  /** Files that have been made or changed. */
  onChange: (paths: string[]) => void;
  /** What forbids installing, as the user wrote it. Default: `LOOPBOOK_NO_INSTALL`, if that is set. */
  forbiddenBy?: string | undefined;
  /** Runs npm in a folder. Rejects with what it says if it fails. */
  npm?: (directory: string, args: string[]) => Promise<void>;
}

export class NpmPackages {
  readonly #options: NpmOptions;
  readonly #directory: string;
  readonly #types: string;
  /** One installation at a time. */
  #turn: Promise<void> = Promise.resolve();

  constructor(options: NpmOptions) {
    this.#options = options;
    this.#directory = npmDirectory(options.place);
    this.#types = npmTypesFile(options.place);
  }

  /** Installs the package that a specifier names, if it is not there. Rejects if it cannot be, or must not. */
  install(specifier: string): Promise<void> {
    const wanted = parseNpmSpecifier(specifier);
    if (!wanted) return Promise.reject(new TypeError(`npm:<name>[@<version>] names a package, got ${specifier}`));
    const installed = this.#turn.then(() => this.#install(wanted, specifier));
    this.#turn = installed.catch(() => {});
    return installed;
  }

  async #install({ name, range, alias }: NpmSpecifier, specifier: string): Promise<void> {
    if (existsSync(join(this.#directory, "node_modules", alias, "package.json")))
      return this.#declare(specifier, alias);
    const { forbiddenBy = forbiddenByEnvironment(), report, npm = runNpm } = this.#options;
    const wanted = range === "" ? name : `${name}@${range}`;
    const target = `${alias}@npm:${wanted}`;
    if (forbiddenBy !== undefined)
      throw new Error(
        `${wanted} is not installed for this notebook, and ${forbiddenBy} forbids to install it. ` +
          `Start the kernel without ${forbiddenBy}, or install it yourself: ` +
          `npm install --ignore-scripts --prefix "${this.#directory}" "${target}"`,
      );
    this.#prepare();
    report(`Installing ${wanted} …\n`);
    const began = performance.now();
    try {
      await npm(this.#directory, ["install", target]);
    } catch (error) {
      throw new Error(`${wanted} could not be installed: ${error instanceof Error ? error.message : String(error)}`);
    }
    if (!this.#hasTypes(alias)) await this.#installTypes(name, alias, npm);
    report(`Installed ${wanted} in ${((performance.now() - began) / 1_000).toFixed(1)} s\n`);
    this.#declare(specifier, alias);
  }

  /** Types that others have written, where there are any. */
  async #installTypes(name: string, alias: string, npm: NonNullable<NpmOptions["npm"]>): Promise<void> {
    const mangled = (id: string): string => `@types/${id.replace(/^@([^/]+)\//, "$1__")}`;
    await npm(this.#directory, ["install", `${mangled(alias)}@npm:${mangled(name)}`]).catch(() => {});
  }

  /** The folder, with a manifest that npm adds to. Node modules are not for version control; the lock file is. */
  #prepare(): void {
    mkdirSync(this.#directory, { recursive: true });
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

  /** Declares the specifier as another name of the package. */
  #declare(specifier: string, alias: string): void {
    const { subpath = "" } = parseNpmSpecifier(specifier) ?? {};
    const from = JSON.stringify(alias + subpath);
    const line = `declare module ${JSON.stringify(specifier)} { export * from ${from}; export { default } from ${from}; }\n`;
    const known = existsSync(this.#types) ? readFileSync(this.#types, "utf8") : "";
    if (known.includes(line)) return;
    writeFileSync(this.#types, known + line);
    this.#options.onChange([this.#types, join(this.#directory, "package.json")]);
  }
}

function forbiddenByEnvironment(): string | undefined {
  return ["", "0", undefined].includes(process.env.LOOPBOOK_NO_INSTALL) ? undefined : "LOOPBOOK_NO_INSTALL";
}

const MOST_COMPLAINTS = 3;

/** Install scripts are not run: a notebook that is opened must not be able to do more than its cells do. */
function runNpm(directory: string, args: string[]): Promise<void> {
  const quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline", "--loglevel=error"];
  const onWindows = process.platform === "win32";
  const child = spawn(onWindows ? "npm.cmd" : "npm", [...args, ...quiet], {
    cwd: directory,
    stdio: ["ignore", "ignore", "pipe"],
    shell: onWindows,
  });
  let said = "";
  child.stderr.on("data", (chunk) => {
    said += String(chunk);
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(npmComplaint(said)));
    });
  });
}

/** What went wrong, of all that npm writes: the same code before each line, empty lines, where its log is. */
export function npmComplaint(said: string): string {
  const lines = said
    .split("\n")
    .map((line) => line.replace(/^npm (?:error|ERR!) ?(?:404|notarget|network)? */, "").trim());
  const telling = lines.filter((line) => line !== "" && !/^(?:code|errno|syscall|A complete log) ?/.test(line));
  return telling.slice(0, MOST_COMPLAINTS).join("\n");
}
