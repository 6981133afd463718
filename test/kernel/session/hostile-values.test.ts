import { afterAll, describe, expect, test } from "vitest";
import { SessionProcess } from "./session-process.ts";

const session = new SessionProcess();
afterAll(() => session[Symbol.dispose]());

const ANYTHING = "const anything: any = new Proxy(function () {}, { get: () => anything, apply: () => anything });";
const REVOKED = "const revocable = Proxy.revocable({}, {}); revocable.revoke(); const revoked = revocable.proxy;";
const THROWING =
  "const throwing = new Proxy({}, { get() { throw 1 }, getPrototypeOf() { throw 2 }, ownKeys() { throw 3 } });";

describe("a proxy", () => {
  for (const [name, declaration] of Object.entries({ anything: ANYTHING, revoked: REVOKED, throwing: THROWING }))
    test.each([
      ["shown", name],
      ["shown inside of an object", `({ inner: [${name}] })`],
      ["displayed", `await display(${name})`],
      ["thrown", `throw ${name}`],
      ["a rejection", `await Promise.reject(${name})`],
      ["the cause of an error", `throw new Error("outer", { cause: ${name} })`],
      ["a member of a group", `throw new AggregateError([${name}])`],
      ["a rejection that nobody catches", `void Promise.reject(${name}); 0`],
      ["thrown in a timer", `setTimeout(() => { throw ${name} }); 0`],
      ["what a value shows itself as", `({ [Symbol.for("Jupyter.display")]: () => ${name} })`],
    ])(`that is ${name} ends the cell, and nothing else: %s`, async (_name, code) => {
      const { text } = await session.run(`${declaration} ${code}`);
      expect(text.length).toBeLessThan(2_000);
      expect((await session.run("1 + 1")).result).toBe("2");
    });

  test("that answers everything, and is awaited, is given up by one interrupt", async () => {
    const { parent, reply } = session.start(`${ANYTHING} console.log("waiting"); await anything`);
    await session.shows(parent, "waiting");
    session.send({ type: "interrupt" });
    expect(await reply).toMatchObject({ ename: "KeyboardInterrupt" });
  });
});

test("a value that never says how it is shown is given up by one interrupt", async () => {
  const never = `({ async [Symbol.for("Jupyter.display")]() { console.log("asked"); await new Promise(() => {}) } })`;
  for (const code of [never, `display(${never}); 0`, `await display(${never})`]) {
    const { parent, reply } = session.start(code);
    await session.shows(parent, "asked");
    session.send({ type: "interrupt" });
    expect(await reply).toMatchObject({ ename: "KeyboardInterrupt" });
  }
});

describe("an error", () => {
  test.each([
    [
      "a subclass without a name of its own",
      "class HttpError extends Error {}; throw new HttpError('gone')",
      "HttpError",
    ],
    ["a subclass of a subclass", "class A extends RangeError {}; class B extends A {}; throw new B('b')", "B"],
    ["a subclass with a name", "class Own extends Error { name = 'Renamed' }; throw new Own()", "Renamed"],
    ["a class without a name", "throw new (class extends TypeError {})('t')", "TypeError"],
    ["a renamed error", "throw Object.assign(new Error(), { name: 'Custom' })", "Custom"],
    ["one of Node's", "new URL('nowhere')", "TypeError"],
    [
      "one made as old code does",
      "throw Object.assign(Object.create(RangeError.prototype), { message: 'old' })",
      "RangeError",
    ],
    ["one of another realm", "require('node:vm').runInNewContext('throw new SyntaxError()')", "SyntaxError"],
    ["a DOMException", "throw new DOMException('d', 'AbortError')", "AbortError"],
    [
      "one whose getters throw",
      "throw new (class Hard extends Error { get name(): string { throw 1 } get message(): string { throw 2 } get stack() { throw 3 } })()",
      "Error",
    ],
    [
      "one with overwritten parts",
      "throw Object.assign(new AggregateError([]), { errors: 5, message: { a: 1 }, stack: 7, name: 8 })",
      "Error",
    ],
    [
      "one with throwing properties",
      "throw Object.defineProperties(new Error('x'), { cause: { get() { throw 1 } }, extra: { enumerable: true, get() { throw 2 } } })",
      "Error",
    ],
  ])("has the name that Node prints: %s", async (_name, code, ename) => {
    expect((await session.run(code)).reply).toMatchObject({ status: "error", ename });
  });

  test("that is its own cause is shown once, and said to be a circle", async () => {
    const { text } = await session.run(
      "const first: any = new Error('first'); first.cause = new Error('second', { cause: first }); throw first",
    );
    expect(text).toContain("Error: first (the same error as above: a circle)");
    expect(text.match(/Error: second/g)).toHaveLength(1);
  });

  test("of many errors, each of many, has a traceback that can be read", async () => {
    const { text } = await session.run(
      "const many = (depth: number): Error => depth === 0 ? new Error('leaf') : new AggregateError(Array.from({ length: 30 }, () => many(depth - 1)), 'group'); throw many(3)",
    );
    expect(text).toContain("… and 20 more");
    expect(text.length).toBeLessThan(60_000);
  });

  test("whose message is coloured has a plain evalue", async () => {
    const { reply } = await session.run("throw new Error('\\x1b[31mred\\x1b[39m')");
    expect(reply).toMatchObject({ evalue: "red" });
  });
});

test.each([
  ["shown", "big"],
  ["thrown", "throw big"],
  ["on an error", "throw Object.assign(new Error('e'), big)"],
  ["as a message", "throw new Error(JSON.stringify(big))"],
])("a value of 200,000 keys has a bounded text: %s", async (_name, code) => {
  await session.run("const big = Object.fromEntries(Array.from({ length: 200_000 }, (_, i) => ['key' + i, i])); 0");
  const { text, reply } = await session.run(code);
  expect(text.length + JSON.stringify(reply).length).toBeLessThan(500_000);
  expect(text).toMatch(/… [\d,]+ more (?:characters|properties)/);
});
