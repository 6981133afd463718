import { describe, expect, test } from "vitest";
import { compile } from "../../../kernel/compile/compile.ts";
import { specify } from "./table.ts";

test("every script is strict, as modules are", async () => {
  const { script } = await compile("1", { id: "7_" });
  expect(script).toBe('"use strict"; __loopbook_result(1);\n');
});

test("directives of the cell stay", async () => {
  const { script } = await compile("'use client'; 1", { id: "7_" });
  expect(script).toBe('"use strict"; "use client";\n__loopbook_result(1);\n');
});

describe("all that is done to one statement nests:", () => {
  specify([
    ["an exported default that imports", 'export default import("m")', '__loopbook_result(__loopbook_import("m"));'],
    [
      "a constant that is used up and named",
      "using greet = coroutine(() => 1)",
      'let greet = __loopbook_use(coroutine({ "greet": () => 1 }["greet"]));',
    ],
    [
      "a function that moves, with what is in it",
      "f();\nfunction f() {\n\tg(import.meta);\n}",
      "let f = function () {\n\t__loopbook_discard(g(__loopbook_meta));\n};__loopbook_discard(f());",
    ],
    [
      "a var in a block that shows its value",
      "{ var a = f(); a; }",
      "let a; { let __loopbook_value;\n\t(a = f());\n\t__loopbook_value = (0, a);\n__loopbook_result(__loopbook_value); }",
    ],
  ]);
});
