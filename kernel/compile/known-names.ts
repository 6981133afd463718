// What earlier cells have declared, as far as it matters to the next one.

import { type Members, mergeMembers } from "./namespaces.ts";

/** What a cell declares at its top level. */
export interface CellNames {
  /** Every name, imports included. */
  names: ReadonlySet<string>;
  /** Those that may not be assigned to. */
  constants: ReadonlySet<string>;
  /** Those that a namespace of the same name adds to: namespaces, functions, classes and enums. */
  open: ReadonlySet<string>;
  /** What its namespaces export. */
  namespaces: Members;
}

export class KnownNames {
  readonly #declared = new Set<string>();
  readonly #constants = new Set<string>();
  readonly #open = new Set<string>();
  readonly #namespaces: Members = new Map();

  /** Whether the name has been declared, and may have a value. */
  has(name: string): boolean {
    return this.#declared.has(name);
  }

  get constants(): ReadonlySet<string> {
    return this.#constants;
  }

  /** Whether a namespace of this name adds to what there is. */
  isOpen(name: string): boolean {
    return this.#open.has(name);
  }

  /** What a namespace exports, as far as cells have said so. */
  membersOf(name: string): Members | undefined {
    return this.#namespaces.get(name);
  }

  /** Notes what a cell declares: a name means what was declared last. */
  add({ names, constants, open, namespaces }: CellNames): void {
    for (const name of names) {
      this.#declared.add(name);
      this.#constants.delete(name);
      this.#open.delete(name);
      if (!namespaces.has(name)) this.#namespaces.delete(name);
    }
    for (const name of constants) this.#constants.add(name);
    for (const name of open) this.#open.add(name);
    mergeMembers(this.#namespaces, namespaces);
  }

  /** Forgets a name that was never reached by its cell. */
  forget(name: string): void {
    this.#declared.delete(name);
    this.#constants.delete(name);
    this.#open.delete(name);
    this.#namespaces.delete(name);
  }
}
