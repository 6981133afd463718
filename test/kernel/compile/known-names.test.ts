import { describe, expect, test } from "vitest";
import { type CellNames, KnownNames } from "../../../kernel/compile/known-names.ts";
import type { Members } from "../../../kernel/compile/namespaces.ts";

const declares = (cell: Partial<CellNames>): CellNames => ({
  names: new Set(),
  constants: new Set(),
  open: new Set(),
  namespaces: new Map(),
  ...cell,
});
const a = new Set(["a"]);

describe("a name means what was declared last:", () => {
  test("a constant until something else has its name", () => {
    const known = new KnownNames();
    known.add(declares({ names: a, constants: a }));
    expect([known.has("a"), ...known.constants]).toEqual([true, "a"]);
    known.add(declares({ names: a }));
    expect([known.has("a"), ...known.constants]).toEqual([true]);
  });

  test("open to namespaces until something else has its name", () => {
    const known = new KnownNames();
    known.add(declares({ names: a, open: a }));
    expect(known.isOpen("a")).toBe(true);
    known.add(declares({ names: a, constants: a }));
    expect(known.isOpen("a")).toBe(false);
  });

  test("a namespace with all that cells have put into it, until something else has its name", () => {
    const known = new KnownNames();
    const members = (...names: string[]): Members => new Map([["a", new Map(names.map((name) => [name, new Map()]))]]);
    known.add(declares({ names: a, open: a, namespaces: members("b") }));
    known.add(declares({ names: a, open: a, namespaces: members("c") }));
    expect([...(known.membersOf("a")?.keys() ?? [])]).toEqual(["b", "c"]);
    known.add(declares({ names: a, open: a }));
    expect(known.membersOf("a")).toBeUndefined();
  });
});
