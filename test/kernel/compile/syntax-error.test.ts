import { describe, expect, test } from "vitest";
import { compile } from "../../../kernel/compile/compile.ts";
import { CellSyntaxError } from "../../../kernel/compile/syntax-error.ts";

async function errorOf(written: string): Promise<CellSyntaxError> {
  const error = await compile(written, { id: "7_" }).catch((thrown: unknown) => thrown);
  if (error instanceof CellSyntaxError) return error;
  throw new Error(`no syntax error: ${String(error)}`);
}

describe("a syntax error says what is wrong, and where the user sees it:", () => {
  test.each([
    ["at what is not expected", "foo(;", "Unexpected token", 1, 5],
    ["on a later line", "let a = 1;\nlet a = 2;", "Identifier `a` has already been declared", 2, 5],
    ["counted in UTF-16 units, as editors do", "const s = 'é😀'; foo(;", "Unexpected token", 1, 22],
    ["behind a line that ends as on Windows", "1;\r\nfoo(;", "Unexpected token", 2, 5],
    ["in a type", "let a: = 1", "Unexpected token", 1, 8],
  ])("%s", async (_what, written, message, line, column) => {
    const error = await errorOf(written);
    expect(error).toMatchObject({ name: "SyntaxError", message, position: { line, column } });
  });

  test("with what to do, where the parser knows", async () => {
    const error = await errorOf("function f() {\n  await 1;\n}");
    expect(error.position).toEqual({ line: 2, column: 3 });
    expect(error.hint).toContain("add the `async` keyword");
  });
});
