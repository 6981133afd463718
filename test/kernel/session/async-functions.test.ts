import { afterAll, describe, expect, test } from "vitest";
import { SessionProcess } from "./session-process.ts";

const session = new SessionProcess();
afterAll(() => session[Symbol.dispose]());

const shown = async (code: string): Promise<string> => (await session.run(code)).text.trimEnd();

describe("an async function of a cell is one", () => {
  test.each([
    ["a declaration", "async function work() { await null }"],
    ["an arrow function", "const work = async () => await null"],
    ["a method", "const { work } = { async work() { await null } }"],
    ["a static method", "const { work } = class { static async work() { await null } }"],
    ["one that awaits nothing", "const work = async () => fetch('data:,')"],
  ])("for whoever asks: %s", async (_what, code) => {
    await session.run(`import util from "node:util"\n${code}`);
    expect(
      await shown(
        "console.log(util.types.isAsyncFunction(work), work.constructor.name, work, String(Object.prototype.toString.call(work)))",
      ),
    ).toBe("true AsyncFunction [AsyncFunction: work] [object AsyncFunction]");
  });

  test("calls nest 5,000 deep", async () => {
    expect(
      await shown(
        "const depth = async (n: number): Promise<number> => (n > 0 ? 1 + (await depth(n - 1)) : 0); await depth(5000)",
      ),
    ).toBe("5000");
  });

  test("an overflow that is caught shows nothing", async () => {
    const code = "async function deep(n: number): Promise<number> { return 1 + (await deep(n + 1)) }";
    await session.run(code);
    for (let times = 0; times < 3; times++)
      expect(await shown("try { await deep(0) } catch (e) { (e as Error).message }")).toBe("");
    expect(await shown("'still here'")).toBe("'still here'");
  });
});

describe("an error that an await throws has the lines of those who wait", () => {
  test("of Node's own promise, at the top level", async () => {
    const text = await shown(
      'import fs from "node:fs/promises"\nconst before = 1;\n  await fs.readFile("/nope");\nconst after = 2;',
    );
    expect(text).toMatch(/ENOENT[^\n]*\n {4}Cell \[\d+\], line 3:3\n/);
    expect(text).toContain('---->    3 |   await fs.readFile("/nope");');
  });

  test("of Node's own promise, with all callers, in error.stack too", async () => {
    const text = await shown(
      [
        'import { promisify } from "node:util"; import { exec } from "node:child_process"',
        "class Runner {",
        "  async run() { return await promisify(exec)('exit 3') }",
        "}",
        "const outer = async () => {",
        "  await new Runner().run();",
        "};",
        "try { await outer() } catch (e) { console.log((e as Error).stack) }",
      ].join("\n"),
    );
    expect(text).toMatch(
      /Command failed[\s\S]*at async Runner\.run \(Cell \[\d+\]:3:24\)\n {4}at async outer \(Cell \[\d+\]:6:3\)\n {4}at async Cell \[\d+\]:8:7$/,
    );
  });

  test.each([
    [
      "a promise of a timer",
      "await new Promise((_, no) => setTimeout(no, 1, Object.assign(new Error('late'), { stack: 'Error: late' })))",
    ],
    ["a task's", "await createTask(fs.readFile('/nope'))"],
    ["a gather's", "await gather(fs.readFile('/nope'))"],
    ["a for await", "for await (const x of fs.watch('/nope')) x"],
    ["a promise that was returned", "await (async () => fs.readFile('/nope'))()"],
  ])("of %s", async (_what, code) => {
    const text = await shown(
      `import { createTask, gather } from "loopbook"; import fs from "node:fs/promises"\nasync function waits() {\n  ${code}\n}\nawait waits()`,
    );
    expect(text).toMatch(/Cell \[\d+\], line 3:/);
    expect(text).toMatch(/Cell \[\d+\], line 5:1/);
  });

  test("of the notebook's own functions, once each", async () => {
    const text = await shown(
      "async function inner() { await null; throw new Error('deep') }\nasync function outer() { await inner() }\nawait outer()",
    );
    expect(text.match(/Cell \[\d+\], line [^\n]*/g)?.map((line) => line.replace(/Cell \[\d+\], /, ""))).toEqual([
      "line 1:44, in inner",
      "line 2:26, in async outer",
      "line 3:1",
    ]);
  });

  test("where the promise is pending, at the await and not at the end of its operand", async () => {
    const text = await shown(
      "async function late() {\n  await new Promise((_, no) =>\n    setTimeout(no, 1, new Error('late')),\n  );\n}\nawait late()",
    );
    expect(text).toMatch(/line 2:3, in async late/);
  });
});

describe("the text of a function is the user's own", () => {
  test.each([
    ["an async function", "async function job() { return await 42; }", "job"],
    [
      "a loop with the check for interrupts",
      "function spin() { let n = 0; while (true) if (++n > 5) return n; }",
      "spin",
    ],
    ["a declared function, with its name", "function plain(a) {  return a  }", "plain"],
    [
      "an arrow function, with its spaces",
      "const arrow = async (a,b) => { await a ; return b }",
      "arrow",
      "async (a,b) => { await a ; return b }",
    ],
    ["a class", "class Made { async m() { await 1 } static #p = async () => await 2 }", "Made"],
    ["a method", "const o = { async m( x ) { await x } }", "o.m", "async m( x ) { await x }"],
  ])("%s", async (_what, code, name, text = code) => {
    await session.run(code);
    expect(await shown(`console.log(String(${name}))`)).toBe(text);
  });

  test("without its types", async () => {
    await session.run("async function typed<T>(a: T): Promise<T> { return await a as T }");
    expect((await shown("typed.toString()")).replace(/(?:\\n|\\t|\s)+/g, " ")).toContain(
      "async function typed(a) { return await a; }",
    );
  });

  test("tells functions apart that differ in their names only", async () => {
    await session.run("async function one() { await 1 }\nasync function two() { await 1 }");
    expect(await shown("console.log(String(one), String(two))")).toBe(
      "async function one() { await 1 } async function two() { await 1 }",
    );
  });

  test("runs elsewhere", async () => {
    const code = `import vm from "node:vm"; import { Worker } from "node:worker_threads"
      async function job() { for (const x of [1]) await x; return 42 }
      const worker = new Worker("(" + job + ")().then((v) => require('node:worker_threads').parentPort.postMessage(v))", { eval: true });
      console.log(await vm.runInNewContext(\`(\${job})()\`), await new Promise((done) => worker.once("message", done)))`;
    expect(await shown(code)).toBe("42 42");
  });

  test("toString itself cannot be told from V8's", async () => {
    const native = String(Function.prototype.toString);
    const code =
      "const t = Function.prototype.toString; console.log(String(t), t.name, t.length, 'prototype' in t, Object.keys(Function.prototype))";
    expect(await shown(code)).toBe(`${native} toString 0 false []`);
    expect(await shown("Function.prototype.toString.call({})")).toContain("requires that 'this' be a Function");
  });
});
