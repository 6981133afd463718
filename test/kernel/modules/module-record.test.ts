import { expect, test } from "vitest";
import { moduleRecord } from "../../../kernel/modules/module-record.ts";

test("imports are told with their names, where they stand, and without those of types", () => {
  const source = `import a, { b as c, type T } from "x"; import * as n from "y";
import type { U } from "types"; import { type V } from "types";
import "effect"; export { d, type W } from "z"; export * from "all"; export type * from "types";`;
  const { imports } = moduleRecord(source);
  expect(
    imports.map(({ specifier, names }) => [specifier, ...names.map(({ name, local }) => `${name} ${local}`)]),
  ).toEqual([["x", "default a", "b c"], ["y"], ["effect"], ["z", "d "], ["all"]]);
  expect(imports.map(({ start, specifier }) => source.slice(start, start + specifier.length + 2))).toEqual(
    ["x", "y", "effect", "z", "all"].map((specifier) => `"${specifier}"`),
  );
});

test("exports are told apart: values, types, and what is another module's", () => {
  const record = moduleRecord(`import { far } from "far"; import other from "other";
interface I {} export type { I }; export type A = 1; export const { v, w: [x] } = y; export class C {}
export default function () {} export { far, other as near, m as "a name" }; export { p as q } from "p"; export * from "s"; const m = 1;`);
  expect(record.exports).toEqual(new Set(["v", "x", "C", "default", "far", "near", "a name", "q"]));
  expect(record.types).toEqual(new Set(["I", "A"]));
  expect(Object.fromEntries(record.passedOn)).toEqual({
    far: { specifier: "far", name: "far" },
    near: { specifier: "other", name: "default" },
    q: { specifier: "p", name: "p" },
  });
  expect(record.stars).toEqual(["s"]);
});

test.each([
  ["module.exports = 1", false, undefined],
  ["await 1; import.meta.url", true, undefined],
  ["const s = 'é😀'; export const = 1", true, 30],
])("of %s: whether it is a module, and where it is wrong", (source, isModule, error) => {
  expect(moduleRecord(source, "js")).toMatchObject({ isModule, error });
});
