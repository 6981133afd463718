import { describe, expect, test } from "vitest";
import { stripTypes } from "../../../kernel/compile/strip-types.ts";

/** What is left of a module. */
const stripped = (written: string): string => stripTypes(written).code.replace(/\n$/, "");

describe("types go:", () => {
  test.each([
    ["annotations", "let a: number = 1, f = (b?: string): void => {}", "let a = 1, f = (b) => {};"],
    ["interfaces and aliases", "interface I { a: 1 }\ntype T = I;", ""],
    ["generics", "let id = <T,>(x: T): T => x;\nid<number>(1);", "let id = (x) => x;\nid(1);"],
    ["as, satisfies, ! and <T>", "a as T;\nb satisfies T;\nc!;\n<T>d;", "a;\nb;\nc;\nd;"],
    ["as const", "let a = [1] as const", "let a = [1];"],
    ["this parameters", "function f(this: Window) {}", "function f() {}"],
    ["overloads", "function f(a: 1): void;\nfunction f(a: any) {}", "function f(a) {}"],
    ["declare", "declare let a: 1;\ndeclare function f(): void;\ndeclare module 'm' {}\ndeclare global {}", ""],
    ["namespaces of types alone", "namespace N { export interface I {} }", ""],
    ["abstract and its members", "abstract class A { abstract f(): void; abstract x: 1 }", "class A {}"],
    ["implements and index signatures", "class A implements I { [k: string]: any }", "class A {}"],
    [
      "modifiers of members",
      "class A { private a = 1; readonly b = 2; override c() {} }",
      "class A {\n\ta = 1;\n\tb = 2;\n\tc() {}\n}",
    ],
    ["predicates", "let f = (a: any): a is string => true", "let f = (a) => true;"],
    ["exports of types", "export type { T };\nexport { type U, a };", "export { a };"],
  ])("%s", (_what, written, runs) => {
    expect(stripped(written)).toBe(runs);
  });
});

describe("what TypeScript adds to JavaScript becomes code:", () => {
  test.each([
    [
      "an enum has its names by number",
      "enum E { A, B = 5, C }",
      'var E = /* @__PURE__ */ function(E) {\n\tE[E["A"] = 0] = "A";\n\tE[E["B"] = 5] = "B";\n\tE[E["C"] = 6] = "C";\n\treturn E;\n}(E || {});',
    ],
    [
      "an enum of strings has not",
      'enum E { A = "a" }',
      'var E = /* @__PURE__ */ function(E) {\n\tE["A"] = "a";\n\treturn E;\n}(E || {});',
    ],
    [
      "a const enum is an enum: another cell may use it",
      "const enum E { A }",
      'var E = /* @__PURE__ */ function(E) {\n\tE[E["A"] = 0] = "A";\n\treturn E;\n}(E || {});',
    ],
    [
      "a parameter property is a field",
      "class A { constructor(private a: number) {} }",
      "class A {\n\ta;\n\tconstructor(a) {\n\t\tthis.a = a;\n\t}\n}",
    ],
    [
      "a field without a value is one all the same, as the standard says",
      "class A { a?: string }",
      "class A {\n\ta;\n}",
    ],
    ["import x = require() calls it", 'import a = require("m")', 'const a = require("m");'],
  ])("%s", (_what, written, runs) => {
    expect(stripped(written)).toBe(runs);
  });
});

describe("what is JavaScript stays:", () => {
  test.each([
    ["an import that nothing uses: the next cell may", 'import { a } from "m"', 'import { a } from "m";'],
    ["comments before a statement", "// one\n/* two */ a", "// one\n/* two */ a;"],
    ["syntax of this year", "a?.b ?? c;\nusing d = e;\nawait f;", "a?.b ?? c;\nusing d = e;\nawait f;"],
  ])("%s", (_what, written, runs) => {
    expect(stripped(written)).toBe(runs);
  });
});
