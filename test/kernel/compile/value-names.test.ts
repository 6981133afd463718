import { parseSync } from "oxc-parser";
import { expect, test } from "vitest";
import { valueNames } from "../../../kernel/compile/value-names.ts";

test.each([
  ["let a; const [b] = c; var d; if (e) { var f }", "a b d f"],
  ["function f() { var no } class C {} export const x = 1; export default class D {}", "C D f x"],
  ["import a, { b as c } from 'm'; import * as d from 'n'", "a c d"],
  ["enum E { A } namespace N.M { export const no = 1 } import r = require('m'); export namespace O { f() }", "E N O r"],
  ["interface no {} type no2 = 1; declare module 'no3' {}", ""],
])("the top level of %s declares", (code, names) => {
  expect([...valueNames(parseSync("cell.ts", code).program.body)].sort().join(" ")).toBe(names);
});
