// What a cell's import declarations have brought: a name that a module lacks may be a type, which is imported like a value and
// has none. It is told from a mistake by how the cell uses it, and by what the module declares.

import { parseSync } from "oxc-parser";
import { type Position, positionAt } from "../compile/positions.ts";
import { stripTypes } from "../compile/strip-types.ts";
import { childrenOf, type Node } from "../compile/syntax-tree.ts";
import { type ImportedName, type ModuleRecord, moduleRecord } from "./module-record.ts";

export class CellImports {
  readonly #source: string;
  readonly #language: "ts" | "tsx";
  readonly #record: ModuleRecord;

  /** `source`: the cell as the user wrote it. */
  constructor(source: string) {
    this.#source = source;
    this.#language = /<\/|\/>/.test(source) ? "tsx" : "ts";
    this.#record = moduleRecord(source, this.#language);
  }

  /** Where a module is imported, or a name from it. */
  place(specifier: string, name?: string): Position | undefined {
    const entry = this.#record.imports.find((each) => each.specifier === specifier);
    const start = (name === undefined ? undefined : this.#named(specifier, name)?.start) ?? entry?.start;
    return start === undefined ? undefined : positionAt(this.#source, start);
  }

  /** Whether a module is imported for types alone, which the cell says: `import { type A } from "m"`. */
  isForTypes(specifier: string): boolean {
    return !this.#record.imports.some((each) => each.specifier === specifier);
  }

  /** What a name is called in the cell. */
  localName(specifier: string, name: string): string | undefined {
    return this.#named(specifier, name)?.local;
  }

  /** Whether the cell uses a name as a value, or as a type only, or does not use it. */
  use(specifier: string, name: string): "value" | "type" | "none" {
    const local = this.localName(specifier, name);
    // What is exported from elsewhere is not used here.
    if (local === undefined || local === "") return "none";
    try {
      const { code } = stripTypes(this.#source, { dropUnusedImports: true });
      const { imports } = moduleRecord(code, "js");
      if (imports.some(({ names }) => names.some((kept) => kept.local === local))) return "value";
    } catch {
      return "value";
    }
    return this.#mentions(local) ? "type" : "none";
  }

  /** Whether a name is used anywhere but in an import. */
  #mentions(name: string): boolean {
    const visit = (node: Node): boolean =>
      (node.type === "Identifier" && node.name === name) ||
      (node.type !== "ImportDeclaration" && [...childrenOf(node)].some(visit));
    return visit(parseSync(`cell.${this.#language}`, this.#source, { lang: this.#language }).program);
  }

  #named(specifier: string, name: string): ImportedName | undefined {
    return this.#record.imports
      .filter((each) => each.specifier === specifier)
      .flatMap(({ names }) => names)
      .find((each) => each.name === name);
  }
}
