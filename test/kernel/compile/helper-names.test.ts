import { parseSync } from "oxc-parser";
import { describe, expect, test } from "vitest";
import { renameHelpers } from "../../../kernel/compile/helper-names.ts";

const parse = (code: string) => parseSync("cell.js", code, { sourceType: "module" }).program;

describe("what a transformation has added", () => {
  const renamed = (code: string, ...own: string[]) => renameHelpers(code, parse(code), new Set(own), "7_")?.code;

  test.each([
    [
      "is renamed wherever it is used",
      "var _a = 1; f(_a, () => _a)",
      "var __loopbook_7__a = 1; f(__loopbook_7__a, () => __loopbook_7__a)",
    ],
    ["is not the property of that name", "var _a = o._a; o[_a]", "var __loopbook_7__a = o._a; o[__loopbook_7__a]"],
    [
      "is not the key of that name",
      "var _a = { _a: 1, [_a]: 2 }",
      "var __loopbook_7__a = { _a: 1, [__loopbook_7__a]: 2 }",
    ],
    [
      "is written out where it stands for a property too",
      "var _a = { _a }",
      "var __loopbook_7__a = { _a: __loopbook_7__a }",
    ],
    [
      "is not the method or field of that name",
      "var _a; class C { _a() {} static _a = _a }",
      "var __loopbook_7__a; class C { _a() {} static _a = __loopbook_7__a }",
    ],
    [
      "may be imported",
      "import { j } from 'm'; import { k as _k } from 'm'; j(_k)",
      "import { j as __loopbook_7_j } from 'm'; import { k as __loopbook_7__k } from 'm'; __loopbook_7_j(__loopbook_7__k)",
    ],
    ["is not what stands in a string", "var _a = '_a'", "var __loopbook_7__a = '_a'"],
  ])("%s", (_what, code, expected) => {
    expect(renamed(code, "C")).toBe(expected);
  });

  test("is nothing where all names are the user's", () => {
    expect(renamed("var a; let b", "a", "b")).toBeUndefined();
  });
});
