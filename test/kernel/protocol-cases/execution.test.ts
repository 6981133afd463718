// What Deno's kernel is tested by, asked of ours over the protocol: what a cell shows, and what is said while it runs.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Received } from "../io/client.ts";
import { KernelUnderTest, type Ran } from "./kernel-process.ts";

let kernel: KernelUnderTest;

beforeAll(async () => {
  kernel = await KernelUnderTest.start({ LOOPBOOK_TYPES: "off" });
});
afterAll(() => kernel?.[Symbol.asyncDispose]());

const run = (code: string, options: object = {}) => kernel.run(code, options);
const contents = ({ published }: Ran, type: string) =>
  published.filter((message) => message.type === type).map(({ content }) => content);
/** All that a cell has said on a stream. */
const text = (ran: Ran, name: "stdout" | "stderr") =>
  contents(ran, "stream")
    .filter((stream) => stream.name === name)
    .map((stream) => String(stream.text))
    .join("");
const result = async (code: string) => contents(await run(code), "execute_result")[0];

describe("execute_request", () => {
  test("is answered, echoed, and surrounded by busy and idle, all in its name", async () => {
    const { id, reply, published } = await run("console.log('asdf')", { allow_stdin: true, stop_on_error: false });
    const count = reply.execution_count;
    expect(reply).toEqual({ status: "ok", execution_count: count, user_expressions: {}, payload: [] });
    expect(published.map(({ type, content }) => [type, content])).toEqual([
      ["status", { execution_state: "busy" }],
      ["execute_input", { code: "console.log('asdf')", execution_count: count }],
      ["stream", { name: "stdout", text: "asdf\n" }],
      ["status", { execution_state: "idle" }],
    ]);
    expect(published.every(({ parent }) => parent === id)).toBe(true);
  });

  test("counts again and again, but not what is not to be stored", async () => {
    const { execution_count: first } = (await run("1")).reply;
    const next = { status: "ok", execution_count: Number(first) + 1 };
    expect((await run("2", { store_history: false })).reply).toMatchObject(next);
    expect((await run("3")).reply).toMatchObject(next);
  });

  test("shows nothing of a silent cell but what it prints", async () => {
    const { published } = await run("console.log('heard'); 1", { silent: true });
    expect(published.map(({ type }) => type)).toEqual(["status", "stream", "status"]);
  });

  test("of nothing is a success", async () => {
    const { reply, published } = await run("");
    expect(reply.status).toBe("ok");
    expect(published.map(({ type }) => type)).toEqual(["status", "execute_input", "status"]);
  });
});

describe("the result of a cell", () => {
  test.each([
    ["null", "null"],
    ["a boolean", "true", "true"],
    ["a number", "42", "42"],
    ["a string", '"this is a test"', "'this is a test'"],
    ["a bigint", "31337n", "31337n"],
    ["a symbol", 'Symbol("foo")', "Symbol(foo)"],
    ["an object", '{foo: "bar"}', "{ foo: 'bar' }"],
    ["a resolved promise", 'Promise.resolve("it worked!")', "Promise { 'it worked!' }"],
    ["a promise that is not settled", "new Promise(() => {})", "Promise { <pending> }"],
    ["what is awaited", "let x = await Promise.resolve(42); x", "42"],
    [
      "typed code",
      "interface Square { color?: string }\nfunction create(c: Square): { color: string } { return { color: c.color || 'red' } }\ncreate({})",
      "{ color: 'red' }",
    ],
  ])("is %s", async (_, code, shown = code) => {
    expect(await result(code)).toMatchObject({ data: { "text/plain": shown }, metadata: {} });
  });

  test("is not shown if it is undefined", async () => {
    expect(await result("undefined")).toBeUndefined();
  });

  test("has the count of its cell", async () => {
    const ran = await run("'counted'");
    expect(contents(ran, "execute_result")[0]).toMatchObject({ execution_count: ran.reply.execution_count });
  });

  test("that is a rejected promise is shown, and its rejection told", async () => {
    const ran = await run("Promise.reject(new Error('it failed!'))");
    expect(ran.reply.status).toBe("ok");
    expect(contents(ran, "execute_result")[0]?.data).toMatchObject({
      "text/plain": expect.stringMatching(/^Promise \{\n {2}<rejected> Error: it failed!/),
    });
  });
});

describe("a value with Symbol.for('Jupyter.display')", () => {
  const CLASS = (method: string) =>
    `class Example { constructor(readonly x: number) {} ${method} { return { "application/json": { x: this.x } } } }; new Example(5)`;

  test.each([
    ["a method", CLASS('[Symbol.for("Jupyter.display")]()')],
    ["a method that is async", CLASS('async [Symbol.for("Jupyter.display")]()')],
  ])("shows what %s returns", async (_, code) => {
    expect((await result(code))?.data).toMatchObject({ "application/json": { x: 5 } });
  });

  test("shows HTML and all else that it gives", async () => {
    const data = { "text/plain": "plain", "text/html": "<b>bold</b>", "image/svg+xml": "<svg/>" };
    const code = `({ [Symbol.for("Jupyter.display")]: () => (${JSON.stringify(data)}) })`;
    expect((await result(code))?.data).toEqual(data);
  });

  test("that throws fails the cell", async () => {
    const { reply } = await run("({ [Symbol.for('Jupyter.display')]() { throw new RangeError('no picture') } })");
    expect(reply).toMatchObject({ status: "error", ename: "RangeError", evalue: "no picture" });
  });
});

describe("display", () => {
  test("shows a value while the cell runs, and replaces it by its id", async () => {
    const ran = await run(
      `const bundle = (html: string) => ({ [Symbol.for("Jupyter.display")]: () => ({ "text/html": html }) })
       await display(bundle("<b>Processing</b>"), { id: "progress" })
       await display(bundle("<b>Complete</b>"), { id: "progress", update: true })`,
    );
    const transient = { display_id: "progress" };
    expect(contents(ran, "display_data")).toMatchObject([{ data: { "text/html": "<b>Processing</b>" }, transient }]);
    expect(contents(ran, "update_display_data")).toMatchObject([
      { data: { "text/html": "<b>Complete</b>" }, transient },
    ]);
  });
});

describe("a stream", () => {
  test.each([
    ["console.log, info and debug", "console.log(1); console.info(2); console.debug(3)", "1\n2\n3\n", ""],
    ["console.error and warn", "console.error(1); console.warn(2)", "", "1\n2\n"],
    ["process.stdout and stderr", "process.stdout.write('a'); process.stderr.write('b')", "a", "b"],
    ["a template of console.log", "console.log('x is %d%%', 42)", "x is 42%\n", ""],
    ["styles, which are left out", "console.log('%c Hello ', 'color: white')", " Hello \n", ""],
  ])("has %s", async (_, code, stdout, stderr) => {
    const ran = await run(code);
    expect([text(ran, "stdout"), text(ran, "stderr")]).toEqual([stdout, stderr]);
  });

  test("has tables", async () => {
    expect(text(await run("console.table([1, 2, 3])"), "stdout")).toMatch(/^┌─+┬─+┐\n│ \(index\) │ Values │\n/);
  });
});

describe("a cell that throws", () => {
  const failed = ({ published }: Ran): Received["content"] | undefined =>
    published.find(({ type }) => type === "error")?.content;

  test("says what, where and how it came there, in the reply and as output", async () => {
    const ran = await run('(function foo() {\n    throw new Error("this is a test")\n})()');
    expect(ran.reply).toMatchObject({ status: "error", ename: "Error", evalue: "this is a test" });
    const { traceback } = ran.reply;
    expect(failed(ran)).toEqual({ ename: "Error", evalue: "this is a test", traceback });
    const plain = stripVTControlCharacters(Array.isArray(traceback) ? traceback.join("\n") : "");
    expect(plain).toContain("Error: this is a test\n");
    expect(plain).toContain(`Cell [${ran.reply.execution_count}], line 2:11, in foo`);
    expect(plain).toContain(`Cell [${ran.reply.execution_count}], line 3:3`);
  });

  test("may throw what is no error", async () => {
    expect((await run('throw "a party"')).reply).toMatchObject({ status: "error", evalue: "'a party'" });
  });

  test("may not parse", async () => {
    expect((await run("const = 1")).reply).toMatchObject({ status: "error", ename: "SyntaxError" });
  });

  test("leaves what it defined, and the next one runs", async () => {
    await run("let kept = 'kept'; null.x");
    expect((await result("kept"))?.data).toEqual({ "text/plain": "'kept'" });
  });
});

describe("a cell that imports", () => {
  test("finds what lies beside the notebook", async () => {
    writeFileSync(join(kernel.folder, "data.ts"), "export function getData() { return 42; }\n");
    const ran = await run("import { getData } from './data.ts';\nconsole.log(getData());");
    expect(text(ran, "stdout")).toBe("42\n");
  });

  test("serves HTTP while other cells run", async () => {
    const port = (
      await result(
        `import { createServer } from "node:http"
         const server = createServer((_, answer) => answer.end(JSON.stringify({ hello: "world" }))).listen(0, "127.0.0.1")
         await new Promise<void>((resolve) => server.once("listening", () => resolve()))
         ;(server.address() as { port: number }).port`,
      )
    )?.data;
    const { "text/plain": number } = port as { "text/plain": string };
    for (let i = 0; i < 3; i++)
      expect(await (await fetch(`http://127.0.0.1:${number}`)).json()).toEqual({ hello: "world" });
    await run("server.close()");
  });
});
