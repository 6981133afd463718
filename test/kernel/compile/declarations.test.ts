import { describe, expect, test } from "vitest";
import { compile } from "../../../kernel/compile/compile.ts";
import { specify } from "./table.ts";

describe("a variable of the top level", () => {
  specify([
    ["let stays: a later cell may declare it again", "let a = 1", "let a = 1;"],
    ["const becomes let, or no later cell could declare the name again", "const a = 1", "let a = 1;"],
    ["exporting it changes nothing: a notebook has no importer while it runs", "export const a = 1", "let a = 1;"],
    ["a pattern is declared whole", "const { a, b: [c = 1], ...d } = o", "let { a, b: [c = 1], ...d } = o;"],
    ["const inside a block is V8's own affair", "if (ok) {\n\tconst a = 1;\n}", "if (ok) {\n\tconst a = 1;\n}"],
    ["using is disposed by the cell, because REPL mode never would", "using a = f()", "let a = __loopbook_use(f());"],
    [
      "so is await using",
      "await using a = f(), b = g()",
      "let a = __loopbook_useAsync(f()), b = __loopbook_useAsync(g());",
    ],
    ["using inside a block is V8's own affair", "if (ok) {\n\tusing a = f();\n}", "if (ok) {\n\tusing a = f();\n}"],
  ]);
});

describe("var", () => {
  specify([
    [
      "is declared on top and assigned where it stands: it is there before its line",
      "f();\nvar a = 1",
      "let a; __loopbook_discard(f());\n(a = 1);",
    ],
    [
      "is found in blocks and loops, which do not hold it",
      "if (ok) {\n\tvar a = 1;\n}",
      "let a; if (ok) {\n\t(a = 1);\n}",
    ],
    [
      "is found in the head of a loop",
      "for (var i = 0, n = 2; i < n; i++);",
      "let i, n; for ((i = 0, n = 2); i < n; i++);",
    ],
    ["is the target of for…of", "for (var a of b);", "let a; for (a of b);"],
    ["is the target of for…in", "for (var a in b);", "let a; for (a in b);"],
    ["becomes an expression, so that a pattern is no block", "var { a, b } = o", "let a, b; ({ a, b } = o);"],
    ["keeps several declarators in order", "var a = 1, b = a", "let a, b; (a = 1, b = a);"],
    ["of a function is the function's", "const f = () => {\n\tvar a;\n}", "let f = () => {\n\tvar a;\n};"],
  ]);
});

describe("a function of the top level", () => {
  specify([
    [
      "is a variable, and anonymous, so that a recursive call finds what a later cell makes of it",
      "function f() {\n\treturn f;\n}",
      "let f = function () {\n\treturn f;\n};",
    ],
    ["moves above what it is called by", "g();\nfunction g() {}", "let g = function () {};__loopbook_discard(g());"],
    [
      "keeps its order among others",
      "1;\nfunction a() {}\nfunction b() {}",
      "let a = function () {};let b = function () {};1;",
    ],
    [
      "declared twice is the latter",
      "function a() {\n\treturn 1;\n}\nfunction a() {\n\treturn 2;\n}",
      "let a = function () {\n\treturn 1;\n};\na = function () {\n\treturn 2;\n};",
    ],
    ["may be a generator", "function* g() {}", "let g = function* () {};"],
    ["may be the default export", "export default function f() {}", "let f = function () {};"],
    ["inside a block stays there", "if (ok) {\n\tfunction f() {}\n}", "if (ok) {\n\tfunction f() {}\n}"],
    [
      "that only declares an overload is nothing",
      "function f(a: string): void\nfunction f(a: any) {}",
      "let f = function (a) {};",
    ],
  ]);
});

describe("a class of the top level", () => {
  specify([
    [
      "is a variable, and keeps its name, by which it sees itself while it is made",
      "class A {\n\tstatic self = A;\n}",
      "let A = class A {\n\tstatic self = A;\n};",
    ],
    [
      "stays where it is: it is not there before its line",
      "f();\nclass A {}",
      "__loopbook_discard(f());\nlet A = class A {};",
    ],
    ["may be exported", "export class A {}", "let A = class A {};"],
  ]);
});

describe("what a cell declares", () => {
  const declared = async (written: string) => {
    const { names, constants } = await compile(written, { id: "7_" });
    return { names: [...names].sort().join(" "), constants: [...constants].sort().join(" ") };
  };

  test.each([
    ["variables of all kinds", "let a; const b = 1; var c; using d = e", "a b c d", "b d"],
    ["patterns", "const { a, b: [c] } = o; let [d = 1, ...e] = p", "a c d e", "a c"],
    ["var of inner blocks, not of functions", "for (var a of b) { var c } function f() { var no }", "a c f", ""],
    ["functions and classes", "function f() {} class C {} export default class D {}", "C D f", ""],
    ["enums and namespaces", "enum E { A } namespace N { export const x = 1 }", "E N", ""],
    ["imports, which nobody may assign to", "import a, { b as c } from 'x'; import * as d from 'y'", "a c d", "a c d"],
    ["no types", "interface I {} type T = 1; import type { U } from 'x'; declare const v: 1", "", ""],
  ])("is known: %s", async (_what, written, names, constants) => {
    expect(await declared(written)).toEqual({ names, constants });
  });
});
