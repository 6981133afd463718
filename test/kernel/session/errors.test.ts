import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { SessionProcess } from "./session-process.ts";

const session = new SessionProcess();
afterAll(() => session[Symbol.dispose]());

test("a syntax error points at its place in the cell", async () => {
  const { reply, text } = await session.run("const s = 'é😀';\nfoo(;");
  expect(reply).toMatchObject({ status: "error", ename: "SyntaxError" });
  expect(text).toMatch(/SyntaxError: Unexpected ';': an expression is expected\n {4}Cell \[\d+\], line 2:5\n/);
  expect(text).toMatch(/----> {4}2 \| foo\(;\n {11}\| {5}\^/);
});

test("await in a function that is not async says what to do", async () => {
  const { text } = await session.run("function notAsync() {\n  await 1;\n}");
  expect(text).toContain("only allowed within async functions");
  expect(text).toContain("line 2:3");
  expect(text).toContain("add the `async` keyword to the enclosing function");
});

test("an exception shows the line that threw, and the cells it came through", async () => {
  const defined = await session.run("// a comment\nfunction fail(): never {\n  throw new TypeError('boom');\n}");
  const { reply, text } = await session.run("const x: number = 1;\nfail();");
  const [first, second] = [defined.reply.execution_count, reply.execution_count];
  expect(text).toContain("TypeError: boom");
  expect(text).toContain(`Cell [${first}], line 3:9, in fail`);
  expect(text).toContain("---->    3 |   throw new TypeError('boom');");
  expect(text).toContain(`Cell [${second}], line 2:1`);
});

test("frames of the kernel are hidden, in tracebacks and in error.stack", async () => {
  const { text } = await session.run("async function deep() { await null; throw new Error('deep') }\nawait deep()");
  const stack = await session.run("async function own() { return new Error('s').stack }\nconsole.log(await own())");
  for (const shown of [text, stack.text])
    expect(shown).not.toMatch(/kernel\/|runtime\/|inspector|asyncScope|__loopbook/);
  expect(text).toMatch(/line 1:43, in (async )?deep/);
});

test("causes, members of a group and suppressed errors are shown", async () => {
  const cause = await session.run("throw new Error('outer', { cause: new TypeError('inner', { cause: 'text' }) })");
  expect(cause.text).toMatch(/Error: outer[\s\S]*Caused by:\n {2}TypeError: inner[\s\S]*Caused by:\n.*'text'/);
  const group = await session.run("throw new AggregateError([new Error('one'), new RangeError('two')], 'both')");
  expect(group.text).toMatch(
    /AggregateError: both[\s\S]*Error 1 of 2:\n {2}Error: one[\s\S]*Error 2 of 2:\n {2}RangeError: two/,
  );
  const suppressed = await session.run(
    "{ using r = { [Symbol.dispose]() { throw new Error('in dispose') } }; throw new Error('in body') }",
  );
  expect(suppressed.text).toContain("Error: in body");
  expect(suppressed.text).toContain("Error: in dispose");
});

test.each([
  ["a number", "throw 5", "Uncaught 5"],
  ["undefined", "throw undefined", "Uncaught undefined"],
  ["a bigint", "throw 5n", "Uncaught 5n"],
  ["a symbol", "throw Symbol('s')", "Uncaught Symbol(s)"],
  ["an object", "throw { a: 1 }", "Uncaught { a: 1 }"],
  [
    "an error with a hostile stack",
    "throw Object.defineProperty(new Error('x'), 'stack', { get() { throw 1 } })",
    "Error: x",
  ],
])("anything can be thrown: %s", async (_name, code, expected) => {
  expect((await session.run(code)).text).toContain(expected);
});

describe("an undeclared name is not created by an assignment, and the error says what to write", () => {
  test.each([
    ["undeclared = 5", "Write: let undeclared = 5"],
    ["for (counter = 0; counter < 3; counter++) {}", "Write: for (let counter = …)"],
    ["for (each of [1]) {}", "Write: for (const each of …)"],
    ["function inside() { [left, right] = [1, 2]; }\ninside()", "Write: let [left, right] = [1, 2]"],
    ["({ part } = { part: 1 })", "Write: let { part } = { part: 1 }"],
    ["sum += 1", "Write: let sum = …"],
    ["!ls -la", 'execSync("ls -la", { stdio: "inherit" })'],
  ])("%s", async (code, advice) => {
    const { text } = await session.run(code);
    expect(text).toContain("is not defined");
    expect(text).toContain(advice);
  });

  test("but not where it is only read", async () => {
    expect((await session.run("nowhere === 5")).text).not.toContain("Write:");
  });
});

test.each([
  ["a regular expression", "1;\nconst re = /(a/;", 2, 12],
  ["one in a function", "const f = () => 'é😀'.match(/[z-a]/)", 1, 29],
  ["eval", "1;\neval('1 +')", 2, 1],
  ["eval in a function", "async function f() { await null;\n  return eval('let = 1') }\nawait f()", 2, 3],
  ["new Function", "1; new Function('return return')", 1, 4],
])("what V8 does not take has a place in the cell: %s", async (_name, code, line, column) => {
  const { text } = await session.run(code);
  expect(text).toMatch(new RegExp(`Cell \\[\\d+\\], line ${line}:${column}`));
  expect(text).toContain("---->");
});

test("a long line is cut around its mark", async () => {
  const { text } = await session.run(`const numbers = [${"123456789, ".repeat(200)} (1 2), ${"9, ".repeat(200)}]`);
  const [marked = "", mark = ""] = text.split("\n").slice(2, 4);
  expect(marked.length).toBeLessThan(150);
  expect(marked[mark.indexOf("^")]).toBe("2");
});

test("a traceback has no colours, which front ends do not fit to the red behind it", async () => {
  const { reply } = await session.run("throw new Error('\x1b[32mgreen\x1b[39m')");
  expect(JSON.stringify(reply)).not.toMatch(/u001b\[(?!0m|1m|4m)/);
});

test("an error in a TypeScript file points at the file's own line", async () => {
  const file = join(session.directory, "broken.ts");
  writeFileSync(file, "enum Kind { A }\n\nexport function fail(): never {\n  throw new Error('from ' + Kind[0]);\n}\n");
  const { text } = await session.run("import { fail } from './broken.ts';\nfail()");
  expect(text).toContain(`${file}, line 4:9, in fail`);
  writeFileSync(join(session.directory, "unparsable.ts"), "export const a = ;\n");
  const syntax = await session.run("import './unparsable.ts'");
  expect(syntax.text).toContain("SyntaxError: Unexpected ';': an expression is expected");
  expect(syntax.text).toContain("unparsable.ts, line 1:18");
});

test("a cell that is refused for its types does not run, counts, and shows why", async () => {
  const refusal = ["line 1: Wrong. ts(1)\n", "line 2: Wrong too. ts(2)\n"];
  const { reply, text } = await session.run("globalThis.ranAnyway = true", { refusal });
  expect(reply).toMatchObject({ status: "error", ename: "TypeCheckError" });
  const cell = `Cell [${reply.execution_count}]`;
  expect(text).toContain(`TypeCheckError: ${cell}, line 1: Wrong. ts(1)\n${cell}, line 2: Wrong too. ts(2)`);
  expect((await session.run("typeof ranAnyway")).result).toBe("'undefined'");
});
