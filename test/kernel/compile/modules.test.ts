import { describe, expect, test } from "vitest";
import { compile } from "../../../kernel/compile/compile.ts";
import { specify } from "./table.ts";

describe("an import declaration", () => {
  specify([
    [
      "takes what was loaded before the cell began",
      'import a from "m"',
      'let { "default": a } = __loopbook_imported(0);',
    ],
    [
      "names each thing as the module does",
      'import { a, b as c } from "m"',
      'let { "a": a, "b": c } = __loopbook_imported(0);',
    ],
    [
      "takes names that are no identifiers",
      'import { "a-b" as c } from "m"',
      'let { "a-b": c } = __loopbook_imported(0);',
    ],
    ["of a namespace is the module itself", 'import * as n from "m"', "let n = __loopbook_imported(0);"],
    [
      "of both is both",
      'import d, * as n from "m"',
      'let n = __loopbook_imported(0), { "default": d } = __loopbook_imported(0);',
    ],
    ["for its effects alone has had them when the cell begins", 'import "m"', ";"],
    [
      "moves above what uses it",
      'f();\nimport a from "m"',
      'let { "default": a } = __loopbook_imported(0);__loopbook_discard(f());',
    ],
    ["of a type is nothing", 'import type { T } from "m"', ";"],
    [
      "of a type among values leaves the values",
      'import { type T, a } from "m"',
      'let { "a": a } = __loopbook_imported(0);',
    ],
    [
      "that the cell does not use is kept: the next cell may",
      'import { a } from "m";\n1',
      'let { "a": a } = __loopbook_imported(0);\n__loopbook_result(1);',
    ],
    ["in the manner of CommonJS calls require", 'import a = require("m")', 'let a = require("m");'],
  ]);
});

describe("an export declaration", () => {
  specify([
    ["of names that are there already is nothing", "export { a as b }", ";"],
    ["of another module has loaded it when the cell begins", 'export { a } from "m"', ";"],
    ["of all of another module too", 'export * from "m"', ";"],
    ["of a default value is that value", "export default f()", "__loopbook_result(f());"],
    ["of a type is nothing", "export type { T };\nexport interface I {}", ";"],
  ]);
});

describe("inside an expression", () => {
  specify([
    [
      "import() is a call of ours: a script has no host that would load",
      'f = () => import("m")',
      '__loopbook_result(f = () => __loopbook_import("m"));',
    ],
    [
      "import() passes its options on",
      'f = () => import("m", o)',
      '__loopbook_result(f = () => __loopbook_import("m", o));',
    ],
    ["import.meta is the notebook's", "import.meta.url", "__loopbook_result(__loopbook_meta.url);"],
  ]);
});

describe("what is loaded before a cell begins", () => {
  const loaded = async (written: string) => (await compile(written, { id: "7_" })).imports;

  test.each([
    [
      "each module in its turn, with the names that it must have",
      'import a, { b as c } from "m"; import * as n from "o"',
      [
        { specifier: "m", names: ["default", "b"] },
        { specifier: "o", names: [] },
      ],
    ],
    [
      "with attributes",
      'import d from "m" with { type: "json" }',
      [{ specifier: "m", names: ["default"], attributes: { type: "json" } }],
    ],
    [
      "what is exported again",
      'export { a as b } from "m"; export * from "o"',
      [
        { specifier: "m", names: ["a"] },
        { specifier: "o", names: [] },
      ],
    ],
    [
      "a module whose types alone are named, for its effects",
      'import { type T } from "m"',
      [{ specifier: "m", names: [] }],
    ],
    ["no module that is imported as a type", 'import type { T } from "m"; export type { U } from "o"', []],
  ])("%s", async (_what, written, requests) => {
    expect(await loaded(written)).toEqual(requests);
  });
});
