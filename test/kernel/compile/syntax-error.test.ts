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
    ["at what is not expected", "foo(;", "Unexpected ';': an expression is expected", 1, 5],
    ["where something else is", "foo(1 'two')", "',' or ')' expected, but found 'two'", 1, 7],
    [
      "not where it was opened",
      "f(() => {\n  g({\n    a: 1\n    b: 2 })\n})",
      "',' or '}' expected, but found 'b'",
      4,
      5,
    ],
    [
      "at the last thing written, if there should be more",
      "while (true) {\n  x;\n\n",
      "'}' expected, but the code ends here",
      2,
      5,
    ],
    ["at the word that follows", "def f(x):", "Unexpected 'f': ';' or a new line expected", 1, 5],
    ["at the beginning of what has no end", "1;\nlet s = `a $" + "{1} b;\n2", "Unterminated template literal", 2, 9],
    ["of a string", 'say("hello)', "Unterminated string literal", 1, 5],
    ["of a comment", "1 /* one", "'*/' expected: the comment has no end", 1, 3],
    ["at a character that none is", "f(“x”)", "Invalid character '“'", 1, 3],
    ["on a later line", "let a = 1;\nlet a = 2;", "Identifier 'a' has already been declared", 2, 5],
    [
      "counted in UTF-16 units, as editors do",
      "const s = 'é😀'; foo(;",
      "Unexpected ';': an expression is expected",
      1,
      22,
    ],
    ["behind a line that ends as on Windows", "1;\r\nfoo(;", "Unexpected ';': an expression is expected", 2, 5],
    ["in an object that is a cell", "{\n  a: 1\n  b: 2,\n}", "',' or '}' expected, but found 'b'", 3, 3],
    ["in a type", "let a: = 1", "Unexpected '='", 1, 8],
    ["where another parser knows better", "const f = (a, b) = > a + b", "Unexpected '>'", 1, 20],
  ])("%s", async (_what, written, message, line, column) => {
    const error = await errorOf(written);
    expect(error).toMatchObject({ name: "SyntaxError", message, position: { line, column } });
  });

  test("with what to do, where the parser knows", async () => {
    const error = await errorOf("function f() {\n  await 1;\n}");
    expect(error.position).toEqual({ line: 2, column: 3 });
    expect(error.hint).toContain("add the `async` keyword");
  });

  test("with the bracket that has not been closed, where the code ends", async () => {
    expect((await errorOf("if (a) {\n  f(\n}\n")).hint).toBeUndefined();
    expect((await errorOf("1;\nif (a) {\n  f()\n")).hint).toBe("The '{' in line 2 has not been closed.");
  });

  test.each([
    ["%%time\n1 + 1", 'console.timeEnd("it")'],
    ["// first\n%matplotlib inline", "Leave the line out"],
    ["!npm install --save left-pad", 'import … from "npm:left-pad"'],
    ['!grep -r "a b" .', 'execSync("grep -r \\"a b\\" .", { stdio: "inherit" })'],
    ["%cd ..", 'process.chdir("..")'],
    ["%%html\n<b>x</b>", 'display({ "text/html": "…" }, { raw: true })'],
    ["console.log?", "a cell that ends in console.log shows it"],
    ["??Array", "asks IPython for help"],
    ["%unheard_of", "TypeScript, without such commands"],
  ])("in one line that says what to write here: %s", async (written, advice) => {
    const { message } = await errorOf(written);
    expect(message).toContain(advice);
    expect(message).not.toContain("\n");
  });

  test("and takes no TypeScript for another language", async () => {
    expect((await errorOf("!done && f(;")).message).toContain("an expression is expected");
  });
});
