import { expect, test } from "vitest";
import { specifiersOf } from "../../checks/imports.ts";

test.each([
  ["a statement", 'import { a } from "./a.ts";'],
  ["a statement that imports a type", 'import type { A } from "./a.ts";'],
  ["a statement for its effects", 'import "./a.ts";'],
  ["an export of another's names", 'export { a } from "./a.ts";'],
  ["an export of all of another's names", 'export * from "./a.ts";'],
  ["an export of another's types", 'export type { A } from "./a.ts";'],
  ["import() in a function", 'const later = () => import("./a.ts");'],
  ["import() as a type", 'type Later = typeof import("./a.ts");'],
  ["import() in a comment", '/** @type {import("./a.ts").A} */\nconst a = 1;'],
])("%s is an import", (_, code) => {
  expect(specifiersOf("file.ts", code)).toEqual(["./a.ts"]);
});

test.each([
  ["a string", 'const text = `import "./a.ts"`;'],
  ["import() of what only the program knows", "const later = (name: string) => import(name);"],
])("%s is none", (_, code) => {
  expect(specifiersOf("file.ts", code)).toEqual([]);
});

test("a file that does not parse is named", () => {
  expect(() => specifiersOf("broken.ts", "import {")).toThrow("broken.ts does not parse");
});
