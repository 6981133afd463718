import { afterAll, describe, expect, test } from "vitest";
import { SessionProcess } from "./session-process.ts";

const session = new SessionProcess();
afterAll(() => session[Symbol.dispose]());

/** Runs cells one after another; the result of the last. */
async function last(...cells: string[]): Promise<string | undefined> {
  let result: string | undefined;
  for (const cell of cells) ({ result } = await session.run(cell));
  return result;
}

describe("the value of a cell", () => {
  test.each([
    ["an expression", "1 + 1", "2"],
    ["an expression that ends in a semicolon", "1 + 2;", "3"],
    ["an awaited expression", "await Promise.resolve(4)", "4"],
    ["an object literal alone in its cell", "{ a: 1, b: 2 }", "{ a: 1, b: 2 }"],
    ["null", "null", "null"],
    ["the last expression after declarations", "const v1 = 20; v1 + 1", "21"],
    ["the default export", "export default 7", "7"],
  ])("is shown: %s", async (_name, code, expected) => {
    expect(await last(code)).toBe(expected);
  });

  test.each([
    ["undefined", "undefined"],
    ["a declaration", "5; const v2 = 6"],
    ["a loop", "for (const x of [1, 2]) x * 2"],
    ["a type", "interface Shown { a: 1 }"],
  ])("is not shown: %s", async (_name, code) => {
    expect(await last(code)).toBeUndefined();
  });
});

describe("a later cell", () => {
  const kinds = {
    const: "const NAME = () => 'const'",
    let: "let NAME = () => 'let'",
    var: "var NAME = () => 'var'",
    function: "function NAME() { return 'function' }",
    "async function": "async function NAME() { return 'async function' }",
    class: "class NAME { static toString() { return 'class' } }",
    enum: "enum NAME { A }",
    namespace: "namespace NAME { export const a = 1 }",
    import: "import NAME from 'node:path'",
    "import *": "import * as NAME from 'node:path'",
    using: "using NAME = { [Symbol.dispose]() {} }",
    "a var inside a block": "if (true) { var NAME = 1 }",
    "a pattern": "const { NAME } = { NAME: 1 }",
  };
  test.each(Object.keys(kinds))("declares anything again as %s", async (kind) => {
    const declaration = Object.entries(kinds).find(([name]) => name === kind)?.[1] ?? "";
    for (const [other, earlier] of Object.entries(kinds)) {
      const name = `re_${kind}_${other}`.replace(/\W/g, "_");
      await session.run(earlier.replaceAll("NAME", name));
      const { reply } = await session.run(declaration.replaceAll("NAME", name));
      expect([other, reply.status]).toEqual([other, "ok"]);
    }
  });

  test("is seen by closures of an earlier one", async () => {
    expect(await last("let live = 1; const getLive = () => live", "live = 9", "getLive()")).toBe("9");
    expect(await last("const live = 'again'", "getLive()")).toBe("'again'");
  });

  test("changes the function that an earlier one calls", async () => {
    expect(await last("function callee() { return 1 }; function caller() { return callee() }", "caller()")).toBe("1");
    expect(await last("function callee() { return 2 }", "caller()")).toBe("2");
  });

  test("finds what an earlier one defined before it failed", async () => {
    const { reply } = await session.run("let before = 5; throw new Error('half-way'); let after = 6");
    expect(reply.status).toBe("error");
    expect(await last("before")).toBe("5");
    expect((await session.run("after")).text).toContain("ReferenceError: after is not defined");
    expect(await last("const after = 1; after")).toBe("1");
  });

  test("may not assign to a constant of an earlier one", async () => {
    const { text } = await session.run("const fixed = 1").then(() => session.run("fixed = 2"));
    expect(text).toContain("TypeError: Assignment to constant variable.");
    expect(await last("fixed")).toBe("1");
    expect(await last("((fixed: number) => { fixed = 3; return fixed })(0)")).toBe("3");
  });

  test("calls a function before its declaration", async () => {
    expect(await last("const early = hoisted(); function hoisted() { return 'up' }; early")).toBe("'up'");
  });
});

describe("TypeScript in a cell", () => {
  test.each([
    ["types and generics", "const id = <T,>(x: T): T => x; id<number>(4)", "4"],
    ["enums", "enum Color { Red, Green = 5 }\n[Color.Green, Color[0]]", "[ 5, 'Red' ]"],
    ["namespaces", "namespace N { export const x = 1; export namespace M { export const y = 2 } }\nN.x + N.M.y", "3"],
    [
      "parameter properties",
      "class P { constructor(private readonly x: number) {} get() { return this.x } }\nnew P(3).get()",
      "3",
    ],
    [
      "abstract classes and satisfies",
      "abstract class A { abstract f(): number }\nclass B extends A { f() { return 1 } }\n(new B() satisfies A).f()",
      "1",
    ],
    [
      "standard decorators",
      "function twice(f: any, c: ClassMethodDecoratorContext) { return function (this: any) { return f.call(this) * 2 } }\nclass D { @twice m() { return 3 } }\nnew D().m()",
      "6",
    ],
    ["for await", "let sum = 0; for await (const x of [Promise.resolve(1), 2]) sum += x; sum", "3"],
    ["destructuring", "const { a: a9, b: [b9], ...c9 } = { a: 1, b: [2], d: 3 }; [a9, b9, c9]", "[ 1, 2, { d: 3 } ]"],
    [
      "async generators",
      "async function* gen() { yield 1; yield Promise.resolve(2); yield* [3] }\nconst seen = []; for await (const x of gen()) seen.push(x); seen",
      "[ 1, 2, 3 ]",
    ],
  ])("has %s", async (_name, code, expected) => {
    expect(await last(code)).toBe(expected);
  });

  test("keeps the decorated class of an earlier cell when a later one decorates another", async () => {
    await session.run(
      "const mark = (v: any, c: any) => { c.addInitializer(function (this: any) { this.marked = c.name }) }",
    );
    await session.run("class First { @mark m() {} }");
    await session.run("class Second { @mark n() {} }");
    expect(await last("[(new First() as any).marked, (new Second() as any).marked]")).toBe("[ 'm', 'n' ]");
  });
});

describe("an async function of a cell", () => {
  test.each([
    [
      "its length and name",
      "async function f1(a, b = 1, ...c) {}; const f2 = async (a, b) => {}; [f1.length, f1.name, f2.length, f2.name]",
      "[ 1, 'f1', 2, 'f2' ]",
    ],
    [
      "this, arguments and super",
      "class Base { who() { return 'base' } }\nclass Derived extends Base { x = 1; async all(a) { await null; return [this.x, arguments.length, super.who()] } }\nawait new Derived().all(7, 8)",
      "[ 1, 2, 'base' ]",
    ],
    [
      "a rejection for an error in its parameters",
      "const p = (async ({ a }) => a)(undefined as any); await p.catch(e => e.constructor.name)",
      "'TypeError'",
    ],
    ["a parameter that its body declares again", "async function g(a) { var a = a + 1; return a }; await g(1)", "2"],
    [
      "private, static and computed methods",
      "class M { static async s() { return 1 } async #p() { return 2 } async ['c' + 1]() { return (await this.#p()) + (await M.s()) } }\nawait new M().c1()",
      "3",
    ],
    ["empty bodies", "await (async ({ a } = { a: 1 }) => {})(); await (async () => {})(); 'ok'", "'ok'"],
    ["an object as the body of an arrow", "await (async (n: number) => ({ n }))(4)", "{ n: 4 }"],
  ])("keeps %s", async (_name, code, expected) => {
    expect(await last(code)).toBe(expected);
  });
});

describe("top-level using", () => {
  test("is disposed when the cell ends, last first, also when it fails", async () => {
    const { text } = await session.run(
      `const log = (name: string) => ({ [Symbol.dispose]() { console.log("dispose", name) }, async [Symbol.asyncDispose]() { await null; console.log("async dispose", name) } });
       using a = log("a"); await using b = log("b"); console.log("body"); throw new Error("after")`,
    );
    expect(text).toMatch(/body\nasync dispose b\ndispose a\nError: after/);
  });
});

describe("output", () => {
  test("belongs to the cell that started the work, however late", async () => {
    const { parent, reply } = session.start("setTimeout(() => console.log('late'), 30); 'started'");
    await reply;
    const other = await session.run("await new Promise(r => setTimeout(r, 60)); console.log('mine')");
    await session.shows(parent, "late");
    expect(other.text).toBe("mine\n");
  });

  test("of process.stdout.write takes bytes, encodings and callbacks", async () => {
    const { text } = await session.run(
      "process.stdout.write(Buffer.from('é')); process.stdout.write('6869', 'hex'); await new Promise(r => process.stderr.write('!', r))",
    );
    expect(text).toBe("éhi!");
  });

  test("keeps the order of text and displays", async () => {
    const { text } = await session.run("console.log('a'); await display('b'); console.log('c'); 'd'");
    expect(text).toBe("a\n'b'c\n'd'");
  });

  test("of a value that cannot be shown is an explanation, not a failure", async () => {
    const { reply, result } = await session.run(
      "new Proxy({}, { get() { throw new Error('no') }, ownKeys() { throw new Error('no') } })",
    );
    expect(reply.status).toBe("ok");
    expect(result).toBe("Proxy({})");
  });
});

describe("what nobody catches", () => {
  test("in a timer is an error of its cell, and kills nothing", async () => {
    const { parent, reply } = session.start("setTimeout(() => { throw new RangeError('in a timer') }, 1); 0");
    await reply;
    await session.shows(parent, "RangeError: in a timer");
    expect(await last("1 + 1")).toBe("2");
  });

  test("in a promise is an error of its cell", async () => {
    const { parent, reply } = session.start("Promise.reject(new Error('unheard')); 0");
    await reply;
    await session.shows(parent, "Error: unheard");
  });
});

describe("execute_request", () => {
  test("counts cells, except silent ones and those that are not stored", async () => {
    const before = (await session.run("1")).reply.execution_count;
    await session.run("2", { silent: true, storeHistory: false });
    await session.run("3", { storeHistory: false });
    expect((await session.run("4")).reply.execution_count).toBe(before + 1);
  });

  test("shows no result of a silent cell", async () => {
    expect((await session.run("'hush'", { silent: true })).text).toBe("");
  });

  test("evaluates user expressions after the code, an error being a value", async () => {
    const { reply } = await session.run("const ux = 20", { userExpressions: { sum: "ux + 1", bad: "nope" } });
    expect(reply).toMatchObject({
      user_expressions: {
        sum: { status: "ok", data: { "text/plain": "21" } },
        bad: { status: "error", ename: "ReferenceError" },
      },
    });
  });
});

describe("input", () => {
  test("is asked of the front end, blocking or awaited", async () => {
    session.answerWith("Ada");
    expect((await session.run("prompt('Name?')", { allowStdin: true })).result).toBe("'Ada'");
    expect((await session.run("await input('Name: ')", { allowStdin: true })).result).toBe("'Ada'");
    expect((await session.run("await password()", { allowStdin: true })).result).toBe("'Ada'");
    expect(session.answerWith("y")).toEqual(["Name? ", "Name: ", "Password: "]);
    expect((await session.run("confirm('Sure?')", { allowStdin: true })).result).toBe("true");
  });

  test("is refused, with the reason, where the front end takes none", async () => {
    const { text } = await session.run("prompt('Name?')");
    expect(text).toContain("StdinNotAllowedError: prompt() asks the user, but this front end takes no input");
  });
});

test("process.exit() ends the kernel and says so", async () => {
  using own = new SessionProcess();
  await own.run("1");
  const { exitCode } = own;
  const { parent } = own.start("process.exit(3)");
  expect(await exitCode).toBe(3);
  expect(own.textOf(parent)).toContain("process.exit(3) was called: the kernel ends");
});

test("clearOutput() takes away what the cell has shown", async () => {
  const { reply, text } = await session.run("console.log('before'); clearOutput({ wait: true }); console.log('after')");
  expect(reply.status).toBe("ok");
  expect(text).toBe("before\n<clear_output wait>after\n");
});

test("a cell that nothing can print for any more is forgotten, and one with a timer is not", async () => {
  const timer = session.start("setTimeout(() => console.log('still mine'), 60); 0");
  await timer.reply;
  const plain = session.start("1");
  await plain.reply;
  await session.run("const { setFlagsFromString } = require('node:v8'); setFlagsFromString('--expose-gc')");
  for (let i = 0; i < 5 && !session.forgotten.has(plain.parent); i++)
    await session.run("require('node:vm').runInNewContext('gc')(); await new Promise(r => setTimeout(r, 10))");
  expect(session.forgotten.has(plain.parent)).toBe(true);
  expect(session.forgotten.has(timer.parent)).toBe(false);
  await session.shows(timer.parent, "still mine");
});
