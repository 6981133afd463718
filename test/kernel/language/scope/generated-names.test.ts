import { expect, test } from "vitest";
import { ownDocumentation, ownMessage, ownWords } from "../../../../kernel/language/scope/generated-names.ts";

test.each([
  ["let mine: __loopbook_scope.Account<2>", "let mine: Account<2>"],
  [
    '(alias) const open: (r: import("./__loopbook_cell_3.ts").Rates) => void\nimport open',
    "const open: (r: Rates) => void",
  ],
  [
    "(alias) function f(): void\n(alias) function f(n: number): void",
    "function f(): void\nfunction f(n: number): void",
  ],
  ['const fs: import("node:fs").Stats', 'const fs: import("node:fs").Stats'],
])("a signature is said in the notebook's words: %j", (said, own) => expect(ownWords(said)).toBe(own));

test.each([
  ["See [Account.deposit](file:///notebook/__loopbook_cell_2.ts#29,3-29,10).", "See `Account.deposit`."],
  [
    "See [the handbook](https://www.typescriptlang.org/docs/).",
    "See [the handbook](https://www.typescriptlang.org/docs/).",
  ],
])("documentation links to nothing that is generated: %j", (said, own) => expect(ownDocumentation(said)).toBe(own));

test("a type error of two types with one name says that there are two", () => {
  const type = (cell: number) => `'import("/notebook/__loopbook_cell_${cell}").P'`;
  expect(ownMessage(`Type ${type(1)} is not assignable to type ${type(2)}.\n  Of ${type(1)}.`)).toBe(
    "Type 'P' is not assignable to type 'P'. (P: declared again by another cell.)\n  Of 'P'.",
  );
  expect(ownMessage("Type 'P' is wrong.")).toBe("Type 'P' is wrong.");
});
