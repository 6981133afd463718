// The notebook as TypeScript sees it: each cell that declares something is a module, and the next ones import from it.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Augmentation, DeclarationKind, DeclaredName } from "./declared-names.ts";
import { earlierPart, merged, type NamespaceMembers } from "./namespace-members.ts";

/** Begins the name of every document that is not the user's. They exist in the type checker's memory only. */
export const DOCUMENT_PREFIX = "__loopbook_";
/** Before the code in a document are as many generated lines. */
export const GENERATED_LINES = 1;

export interface CellModule {
  readonly file: string;
  readonly code: string;
  readonly declares: readonly DeclaredName[];
  /** What it adds to the global scope and to modules. */
  readonly augmentations: readonly Augmentation[];
  /** Where the names that it mentions come from. */
  readonly imports: ReadonlyMap<string, Origin>;
  /** The names that something has been found to import from it. */
  readonly wanted: Set<string>;
}

export interface ScopeDocument {
  file: string;
  text: string;
}

interface Origin {
  module: CellModule;
  kind: DeclarationKind;
  /** Of a namespace: what cells have put into it, this one being the last. */
  members?: NamespaceMembers | undefined;
  /** The code goes on with the namespace. */
  continued?: DeclaredName;
}

const IDENTIFIERS = /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/gu;
/** Exports what drafts import, from where it was declared last. */
export const SCOPE_FILE = "scope.ts";

/** Where it is looked up what modules export that code could import. */
export const IMPORTABLE_FILE = "importable.ts";

/** What code that is not part of the notebook is shown for: each has documents of its own. */
export type Purpose = "check" | "question";

export interface DraftKind {
  /** The code imports something itself. */
  importing: boolean;
  jsx: boolean;
}

/** The name of the document for code of a kind. */
export const draftFile = (purpose: Purpose, { importing, jsx }: DraftKind): string =>
  `${purpose}${importing ? "_importing" : ""}.${jsx ? "tsx" : "ts"}`;

/**
 * The latest cells export all their names: theirs are what is mentioned next. The others export what is imported from
 * them, because the server looks for the name of a type that it has to show among all exports that there are.
 */
const LATEST = 8;

export class NotebookScope {
  readonly #directory: string;
  readonly #names = new Map<string, Origin>();
  #modules = new Set<CellModule>();
  #latest: CellModule[] = [];
  /** Modules whose documents do not say yet what they have to. */
  readonly #outdated = new Set<CellModule>();
  /** Modules that add to the global scope, or to modules: they hold for all code, whatever it mentions. */
  readonly #augmenting = new Set<CellModule>();
  /** Modules that have a document. */
  readonly #shown = new WeakSet<CellModule>();

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
  module(
    file: string,
    code: string,
    declares: readonly DeclaredName[],
    augmentations: readonly Augmentation[] = [],
  ): CellModule {
    const imports = this.#mentioned(code, namesOf(declares), declares);
    return { file, code, declares, augmentations, imports, wanted: new Set() };
  }

  /** Takes back what earlier cells have added to the global scope where `augmentations` say it anew. */
  supersede(augmentations: readonly Augmentation[]): void {
    const names = new Set(augmentations.flatMap((each) => each.names));
    for (const module of this.#augmenting) {
      if (!module.augmentations.some((each) => each.names.some((name) => names.has(name)))) continue;
      this.#augmenting.delete(module);
      this.#outdated.add(module);
    }
  }

  /** Makes what a cell declares known to all that follow. Returns the modules that nobody can reach any more. */
  add(module: CellModule): CellModule[] {
    this.supersede(module.augmentations);
    if (module.augmentations.length > 0) this.#augmenting.add(module);
    for (const { name, kind, members } of module.declares) {
      const before = this.#names.get(name);
      this.#names.delete(name);
      if (members && before?.members) this.#names.set(name, { module, kind, members: merged(before.members, members) });
      // A name that is declared twice in a cell, as a type and as a value, must not lose its type to `declare let`.
      else this.#names.set(name, { module, kind: before?.module === module ? "const" : kind, members });
    }
    const reachable = new Set<CellModule>();
    const visit = (from: CellModule): void => {
      if (reachable.has(from)) return;
      reachable.add(from);
      for (const { module: imported } of from.imports.values()) visit(imported);
    };
    for (const origin of this.#names.values()) visit(origin.module);
    for (const augmenting of this.#augmenting) visit(augmenting);
    const before = this.#modules;
    this.#modules = reachable;
    this.#want(module.imports);
    this.#outdated.add(module);
    const old = this.#latest.length === LATEST ? this.#latest.shift() : undefined;
    if (old) this.#outdated.add(old);
    this.#latest.push(module);
    const unreachable = [...before, module].filter((known) => !reachable.has(known));
    for (const gone of unreachable) this.#outdated.delete(gone);
    this.#latest = this.#latest.filter((known) => reachable.has(known));
    return unreachable;
  }

  /** The first module whose document is outdated. */
  get outdated(): CellModule | undefined {
    const [first] = this.#outdated;
    return first;
  }

  /**
   * The documents that have changed if `modules`, and all that they import, are to be as they should. `open` names
   * documents that are open whether a cell needs them or not.
   */
  update(modules: readonly CellModule[], open: Iterable<string> = []): ScopeDocument[] {
    const updated = new Set<CellModule>();
    const visit = (module: CellModule): void => {
      if (!this.#outdated.delete(module)) return;
      for (const { module: imported } of module.imports.values()) visit(imported);
      this.#shown.add(module);
      updated.add(module);
    };
    for (const module of modules) visit(module);
    // To open a document is costly, to change several at once is not.
    for (const module of this.#outdated) if (this.#shown.has(module)) visit(module);
    return [
      { file: SCOPE_FILE, text: this.scopeText(open) },
      ...[...updated].map((module) => ({ file: module.file, text: this.moduleText(module) })),
    ];
  }

  /** The document of a module: one generated line, the cell as it was written, one generated line. */
  moduleText(module: CellModule): string {
    const { declares, imports } = module;
    const code = withoutShebang(this.#augmenting.has(module) ? module.code : withoutAugmentations(module));
    const byModule = Map.groupBy(imports, ([, { module }]) => module);
    const lines = [...byModule].map(([{ file }, origins]) => importLine(file, origins));
    const exported = declares.filter(({ name }) => this.#isExported(module, name));
    return `${jsxPragmas(code)}${lines.join(" ")}\n${code}\n${exportLine(exported)}`;
  }

  /**
   * A document with code that is not, or not yet, part of the notebook, and the outdated modules that it needs. It
   * imports from one module only, always alike, because the server begins anew where imports change.
   */
  draft(
    code: string,
    declares: readonly DeclaredName[],
    own: ReadonlySet<string> = namesOf(declares),
  ): { text: string; needs: CellModule[] } {
    const origins = this.#mentioned(code, own, declares);
    this.#want(origins);
    return {
      text: `${jsxPragmas(code)}${importLine(SCOPE_FILE, [...origins])}\n${withoutShebang(code)}\n${exportLine(declares)}`,
      needs: [
        ...[...origins.values()].map(({ module }) => module),
        ...this.#augmenting,
        // These may have to take back what they added.
        ...[...this.#outdated].filter((module) => module.augmentations.length > 0 && this.#shown.has(module)),
      ].filter((module) => this.#outdated.has(module)),
    };
  }

  /**
   * The text of `SCOPE_FILE`, for all drafts made so far. It imports every open document: for one that is not in the
   * project, the server makes another project, with libraries of its own.
   */
  scopeText(open: Iterable<string> = []): string {
    const exported = [...this.#names].filter(
      ([name, { module }]) => this.#shown.has(module) && this.#isExported(module, name),
    );
    const byModule = Map.groupBy(exported, ([, { module }]) => module);
    const lines = [...byModule].map(
      ([{ file }, origins]) => `export { ${origins.map(([name]) => name).join(", ")} } from ${quoted(file)};\n`,
    );
    const shown = [...this.#modules].filter((module) => this.#shown.has(module)).map(({ file }) => file);
    const files = new Set([...shown, ...open]);
    for (const { file } of byModule.keys()) files.delete(file);
    const imports = [...files].map((file) => `import ${quoted(file)};\n`);
    return `${lines.join("")}${imports.join("")}export {};\n`;
  }

  /** The names that `code` mentions and does not declare itself, or declares as the next part of a namespace. */
  #mentioned(code: string, own: ReadonlySet<string>, declares: readonly DeclaredName[]): Map<string, Origin> {
    const found = new Map<string, Origin>();
    for (const name of code.match(IDENTIFIERS) ?? []) {
      const origin = own.has(name) ? undefined : this.#names.get(name);
      if (origin) found.set(name, origin);
    }
    for (const declared of declares) {
      const before = declared.members && this.#names.get(declared.name);
      if (!before?.members) continue;
      const members = merged(found.get(declared.name)?.continued?.members ?? new Map(), declared.members ?? new Map());
      found.set(declared.name, { ...before, continued: { ...declared, members } });
    }
    return found;
  }

  #want(origins: ReadonlyMap<string, Origin>): void {
    for (const [name, { module }] of origins) {
      if (!this.#isExported(module, name)) this.#outdated.add(module);
      module.wanted.add(name);
    }
  }

  #isExported(module: CellModule, name: string): boolean {
    return module.wanted.has(name) || this.#latest.includes(module);
  }
}

const quoted = (file: string): string => JSON.stringify(`./${DOCUMENT_PREFIX}${file}`);

/** Imports by name: `import * as` would have the server look at everything that there is. */
function importLine(file: string, origins: [name: string, origin: Origin][]): string {
  const imported = origins.map(([name, origin]) => {
    const declaration = ownDeclaration(name, origin);
    return declaration === undefined
      ? { name, declaration: "" }
      : { name: `${name} as ${DOCUMENT_PREFIX}${name}`, declaration: ` ${declaration}` };
  });
  const names = imported.map(({ name }) => name).join(", ");
  return `import { ${names} } from ${quoted(file)};${imported.map(({ declaration }) => declaration).join("")}`;
}

/** What is declared in place of an import that would not do. */
function ownDeclaration(name: string, { kind, members, continued }: Origin): string | undefined {
  const imported = DOCUMENT_PREFIX + name;
  if (members && continued)
    return `${continued.exported ? "export " : ""}${earlierPart(name, imported, members, continued.members ?? new Map())}`;
  // An import cannot be assigned to; a variable of an earlier cell can.
  return kind === "let" ? `declare let ${name}: typeof ${imported};` : undefined;
}

/**
 * Comments that say how JSX is compiled count before all code, generated code included. The server sees that another package
 * is meant only where an import changes.
 */
function jsxPragmas(code: string): string {
  if (!code.includes("@jsx")) return "";
  const comments = code.match(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g) ?? [];
  const pragmas = comments.flatMap((comment) => comment.match(/@jsx\w*\s+[^\s*]+/g) ?? []);
  const packages = pragmas.flatMap((pragma) => /^@jsxImportSource\s+(.+)/.exec(pragma)?.slice(1) ?? []);
  return [
    ...pragmas.map((pragma) => `/** ${pragma} */ `),
    ...packages.map((name) => `import type {} from ${JSON.stringify(`${name}/jsx-runtime`)}; `),
  ].join("");
}

/** A shebang may stand in the first line only, which is not the code's here. It is a comment as long. */
const withoutShebang = (code: string): string => code.replace(/^#!/, "//");

/** Blanks out what later cells have said anew; all else keeps its place. */
function withoutAugmentations({ code, augmentations }: CellModule): string {
  return augmentations.reduce(
    (text, { start, end }) => text.slice(0, start) + text.slice(start, end).replace(/[^\n]/g, " ") + text.slice(end),
    code,
  );
}

const namesOf = (declares: readonly DeclaredName[]): Set<string> => new Set(declares.map(({ name }) => name));

function exportLine(declares: readonly DeclaredName[]): string {
  const exported = namesOf(declares.filter((declared) => declared.exported));
  const rest = [...namesOf(declares)].filter((name) => !exported.has(name));
  return `export { ${rest.join(", ")} };\n`;
}
