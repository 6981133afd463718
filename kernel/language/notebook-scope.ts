// The notebook as TypeScript sees it: each cell that declares something is a module, and the next ones import from it.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { DeclarationKind, DeclaredName } from "./declared-names.ts";

/** Begins the name of every document that is not the user's. They exist in the type checker's memory only. */
export const DOCUMENT_PREFIX = "__loopbook_";
/** Before the code in a document are as many generated lines. */
export const GENERATED_LINES = 1;

export interface CellModule {
  readonly file: string;
  readonly code: string;
  readonly declares: readonly DeclaredName[];
  /** Where the names that it mentions come from. */
  readonly imports: ReadonlyMap<string, Origin>;
}

interface Origin {
  module: CellModule;
  kind: DeclarationKind;
}

const IDENTIFIERS = /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/gu;
/** Exports what drafts have mentioned, from where it was declared last. */
export const SCOPE_FILE = "scope.ts";
const SCOPE = `${DOCUMENT_PREFIX}scope`;

/** With more exports than this, those that nobody has mentioned cost more than they save. */
const MOST_EXPECTED = 1_000;

export class NotebookScope {
  readonly #directory: string;
  readonly #names = new Map<string, Origin>();
  #modules = new Set<CellModule>();
  readonly #mentioned = new Set<string>();

  /** `directory` is the notebook's: what imports of cells are relative to. */
  constructor(directory: string) {
    this.#directory = directory;
  }

  /** All cells whose names can still be reached. */
  get modules(): ReadonlySet<CellModule> {
    return this.#modules;
  }

  /** What earlier cells have declared, latest first. */
  get names(): { name: string; kind: DeclarationKind }[] {
    return [...this.#names].map(([name, { kind }]) => ({ name, kind })).reverse();
  }

  readonly uri = (file: string): string => pathToFileURL(join(this.#directory, DOCUMENT_PREFIX + file)).href;

  /** A cell as a module in `file`, importing what it mentions from where it is declared now. Not known before `add`. */
  module(file: string, code: string, declares: readonly DeclaredName[]): CellModule {
    return { file, code, declares, imports: this.mentioned(code, namesOf(declares)) };
  }

  /** Makes what a cell declares known to all that follow. Returns the modules that nobody can reach any more. */
  add(module: CellModule): CellModule[] {
    for (const { name, kind } of module.declares) {
      // A name that is declared twice in a cell, as a type and as a value, must not lose its type to `declare let`.
      const again = this.#names.get(name)?.module === module;
      this.#names.delete(name);
      this.#names.set(name, { module, kind: again ? "const" : kind });
    }
    const reachable = new Set<CellModule>();
    const visit = (from: CellModule): void => {
      if (reachable.has(from)) return;
      reachable.add(from);
      for (const { module: imported } of from.imports.values()) visit(imported);
    };
    for (const origin of this.#names.values()) visit(origin.module);
    const before = this.#modules;
    this.#modules = reachable;
    return [...before, module].filter((known) => !reachable.has(known));
  }

  /** The names that `code` mentions and does not declare itself, with their origin. */
  mentioned(code: string, own: ReadonlySet<string>): Map<string, Origin> {
    const found = new Map<string, Origin>();
    for (const name of code.match(IDENTIFIERS) ?? []) {
      const origin = own.has(name) ? undefined : this.#names.get(name);
      if (origin) found.set(name, origin);
    }
    return found;
  }

  /** The document of a module: one generated line, the cell as it was written, one generated line. */
  moduleText({ code, declares, imports }: CellModule): string {
    const byModule = Map.groupBy(imports, ([, { module }]) => module);
    const lines = [...byModule].flatMap(([{ file }, origins]) => {
      const from = JSON.stringify(`./${DOCUMENT_PREFIX}${file}`);
      const constants = origins.filter(([, { kind }]) => kind !== "let").map(([name]) => name);
      const variables = origins.filter(([, { kind }]) => kind === "let").map(([name]) => name);
      return [
        `import { ${constants.join(", ")} } from ${from};`,
        // An import cannot be assigned to; a variable of an earlier cell can.
        ...variables.map((name) => `declare let ${name}: typeof import(${from}).${name};`),
      ];
    });
    return `${lines.join(" ")}\n${code}\n${exportLine(declares)}`;
  }

  /** A document with code that is not, or not yet, part of the notebook. It imports from one module only, always alike,
   * because the server begins anew where imports change. */
  draftText(code: string, declares: readonly DeclaredName[], own: ReadonlySet<string> = namesOf(declares)): string {
    const origins = [...this.mentioned(code, own)];
    const constants = origins.filter(([, { kind }]) => kind !== "let").map(([name]) => name);
    const variables = origins.filter(([, { kind }]) => kind === "let").map(([name]) => name);
    const from = JSON.stringify(`./${DOCUMENT_PREFIX}${SCOPE_FILE}`);
    for (const [name] of origins) this.#mentioned.add(name);
    const lines = [
      `import * as ${SCOPE} from ${from}; import { ${constants.join(", ")} } from ${from};`,
      ...variables.map((name) => `declare let ${name}: typeof ${SCOPE}.${name};`),
    ];
    return `${lines.join(" ")}\n${code}\n${exportLine(declares)}`;
  }

  /** Has `SCOPE_FILE` export what a cell declares before anything mentions it. */
  expectMention({ declares }: CellModule): void {
    for (const { name } of declares) if (this.#mentioned.size < MOST_EXPECTED) this.#mentioned.add(name);
  }

  /** The text of `SCOPE_FILE`, for all drafts made so far. */
  scopeText(): string {
    const byModule = Map.groupBy(this.#mentioned, (name) => this.#names.get(name)?.module);
    const lines = [...byModule].map(([module, names]) =>
      module ? `export { ${names.join(", ")} } from "./${DOCUMENT_PREFIX}${module.file}";\n` : "",
    );
    return `${lines.join("")}export {};\n`;
  }
}

const namesOf = (declares: readonly DeclaredName[]): Set<string> => new Set(declares.map(({ name }) => name));

function exportLine(declares: readonly DeclaredName[]): string {
  const exported = namesOf(declares.filter((declared) => declared.exported));
  const rest = [...namesOf(declares)].filter((name) => !exported.has(name));
  return `export { ${rest.join(", ")} };\n`;
}
