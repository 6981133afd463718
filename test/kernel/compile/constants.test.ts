import { describe } from "vitest";
import { type Row, specify } from "./table.ts";

/** Rows for a cell after one that declares the constant `k`. */
const afterConstant = (rows: readonly Row[]): Row[] =>
  rows.map(([why, written, runs]) => [why, ["const k = 0", String(written)], runs]);

describe("an assignment to a constant of an earlier cell", () => {
  specify(
    afterConstant([
      [
        "throws once its right side has its value, as JavaScript's does",
        "k = f()",
        "__loopbook_result(k = __loopbook_constant(f()));",
      ],
      ["with an operator throws", "k += 1", "__loopbook_result(k += __loopbook_constant(1));"],
      [
        "with a logical operator throws only if it would assign",
        "k ??= 1",
        "__loopbook_result(k ??= __loopbook_constant(1));",
      ],
      ["by ++ throws", "k++;\n--k;\n0", "__loopbook_constant(k);\n__loopbook_constant(k);\n__loopbook_result(0);"],
      [
        "by a pattern throws when it comes to it: what stands before it is assigned",
        "[a, k] = b",
        "__loopbook_result([a, __loopbook_constant.value] = b);",
      ],
      [
        "in a pattern may stand for its property too",
        "({ k, a: k, ...k } = b)",
        "__loopbook_result(({k: __loopbook_constant.value, a: __loopbook_constant.value, ...__loopbook_constant.value} = b));",
      ],
      [
        "in a pattern may have a default",
        "[{ k = 1 }, k = 2] = a",
        "__loopbook_result([{k: __loopbook_constant.value = 1}, __loopbook_constant.value = 2] = a);",
      ],
      [
        "as the target of a loop throws in its first turn",
        "for (k of a);\nfor (k in a);\nfor ([k] of a);",
        "for (__loopbook_constant.value of a);\nfor (__loopbook_constant.value in a);\nfor ([__loopbook_constant.value] of a);",
      ],
      [
        "inside a function throws when it is called",
        "f(() => {\n\tk = 1;\n})",
        "__loopbook_result(f(() => {\n\tk = __loopbook_constant(1);\n}));",
      ],
      [
        "to one of its properties is none",
        "k.a = 1;\n[k.b, a[k]] = c;\n0",
        "k.a = 1;\n[k.b, a[k]] = c;\n__loopbook_result(0);",
      ],
      [
        "to a name that the cell declares anew is none",
        "let k = 1;\nk = 2;\n0",
        "let k = 1;\nk = 2;\n__loopbook_result(0);",
      ],
    ]),
  );
});

describe("a name that hides the constant may be assigned:", () => {
  specify(
    afterConstant([
      ["a parameter", "let f = (k) => {\n\tk = 1;\n}", "let f = (k) => {\n\tk = 1;\n};"],
      ["a parameter inside a pattern", "let f = ([{ k }]) => {\n\tk = 1;\n}", "let f = ([{ k }]) => {\n\tk = 1;\n};"],
      ["a variable of a block", "if (a) {\n\tlet k;\n\tk = 1;\n}", "if (a) {\n\tlet k;\n\tk = 1;\n}"],
      [
        "a var of a function, wherever in it",
        "let f = () => {\n\tk = 1;\n\tif (a) {\n\t\tvar k;\n\t}\n}",
        "let f = () => {\n\tk = 1;\n\tif (a) {\n\t\tvar k;\n\t}\n};",
      ],
      ["the variable of a loop", "for (let k = 0; k < 1; k++);", "for (let k = 0; k < 1; k++);"],
      ["what a catch caught", "try {} catch (k) {\n\tk = 1;\n}", "try {} catch (k) {\n\tk = 1;\n}"],
      [
        "a function expression's own name",
        "let f = function k() {\n\tk = 1;\n}",
        "let f = function k() {\n\tk = 1;\n};",
      ],
      [
        "a variable of a switch",
        "switch (a) {\n\tcase 1: let k;\n\tdefault: k = 1;\n}",
        "switch (a) {\n\tcase 1: let k;\n\tdefault: k = 1;\n}",
      ],
      [
        "a variable of a static block",
        "let C = class {\n\tstatic {\n\t\tlet k;\n\t\tk = 1;\n\t}\n}",
        "let C = class {\n\tstatic {\n\t\tlet k;\n\t\tk = 1;\n\t}\n};",
      ],
    ]),
  );
});

describe("a constant of the same cell", () => {
  specify([
    [
      "is guarded below its declaration",
      "const k = 1;\nk = 2",
      "let k = 1;\n__loopbook_result(k = __loopbook_constant(2));",
    ],
    [
      "is guarded in a function above it",
      "let f = () => {\n\tk = 2;\n};\nconst k = 1",
      "let f = () => {\n\tk = __loopbook_constant(2);\n};\nlet k = 1;",
    ],
    [
      "an import is one",
      'import { k } from "m";\nk = 2;\n0',
      'let { "k": k } = __loopbook_imported(0);\nk = __loopbook_constant(2);\n__loopbook_result(0);',
    ],
    [
      "is none once a later cell has declared the name as a variable",
      ["const k = 1", "let k = 2", "k = 3"],
      "__loopbook_result(k = 3);",
    ],
  ]);
});
