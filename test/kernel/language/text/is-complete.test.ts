// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates are the subject here.
import { describe, expect, test } from "vitest";
import { isComplete } from "../../../../kernel/language/text/is-complete.ts";

const status = async (code: string): Promise<string> => (await isComplete(code)).status;

describe("complete", () => {
  test.each([
    "",
    "1 + 1",
    "await fetch('x')",
    "for await (const x of y) {}",
    "const id = <T,>(x: T) => x",
    "enum Color { Red }",
    "@sealed class A { @log m() {} }",
    "declare function f(): void",
    "interface A { a: string }",
    "`a${b}c`",
    "if (x) y()",
    "import fs from 'node:fs'",
    "await using r = open()",
    "// only a comment",
    "#!/usr/bin/env node\nconsole.log(1)",
    "class A { accessor v = 1 }",
    "{ a: 1, b: 2 }",
    "{ if (a) { b() } }",
    "<b c={d}>e</b>",
    "const f = () => (\n  <div>\n    <B />\n  </div>\n)",
  ])("%s", async (code) => expect(await status(code)).toBe("complete"));
});

describe("incomplete", () => {
  test.each([
    "function f() {",
    "function f()",
    "async function f(a: number)",
    "[1, 2",
    "foo(1,",
    "a +",
    "a &&",
    "a + // and",
    "x =",
    "const x",
    "const x =",
    "if (x)",
    "if (x) {} else",
    "while (true)",
    "for (const x of y)",
    "try {}",
    "do x()",
    "@deco",
    "@deco class",
    "`abc",
    "`a${b",
    "`a${`b",
    "/* comment",
    "() =>",
    "a ? b",
    "a ? b :",
    "a.",
    "a?.",
    "class A {\n  m() {}",
    "interface A {",
    "type X =",
    "x as",
    "let x: Array<",
    "import { a }",
    "import x from",
    "'a\\\n",
    "{ a: 1, b:",
    "{ a: 1, get b() {",
    "const a = (\n  <div>",
    "<b c={",
    "<b>{c",
  ])("%s", async (code) => expect(await status(code)).toBe("incomplete"));
});

describe("invalid", () => {
  test.each([
    ")",
    "x)",
    "1 2",
    "'abc",
    "else {}",
    "let 1a",
    "=> 1",
    "a b c {",
    "}",
    "case 1:",
    "{ a: 1, b 2 }",
    "<b></c>",
  ])("%s", async (code) => expect(await status(code)).toBe("invalid"));
});

describe("the next line is indented", () => {
  test.each([
    ["if (x) {", "  "],
    ["  foo(", "    "],
    ["if (x)", "  "],
    ["if (x) {\n  y()", "  "],
    ["a +", ""],
    ["`abc", ""],
  ])("after %j by %j", async (code, indent) =>
    expect(await isComplete(code)).toEqual({ status: "incomplete", indent }),
  );
});
