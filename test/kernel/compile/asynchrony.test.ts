import { describe, expect, test } from "vitest";
import { positionAt } from "../../../kernel/compile/positions.ts";
import { compiled, specify } from "./table.ts";

/** What `await operand` becomes; `at`: where it was written. */
const awaited = (operand: string, at: number, run = "", name = ""): string =>
  `__loopbook_awaited(__loopbook_settled(await __loopbook_await(${operand}${run && `, ${run}`}${name && `, ${name}`})` +
  `${run && `, ${run}`}) ?? await __loopbook_pending(${run}/*${at}*/))`;

const RUN = "__loopbook_run";
/** What an async function that awaits begins with: it asks for its promise, before anything else makes one. */
const CALL = `const ${RUN} = __loopbook_call();`;
/** One that awaits nothing has nothing to wait for in its own name. */
const LATEST = `const ${RUN} = __loopbook_latest();`;
const result = (value: string): string => `__loopbook_result(${value});`;

describe("an await", () => {
  specify([
    [
      "is a cancellation point: a settled promise goes on at once, a pending one is waited for so that a cancel can end that",
      "await a",
      result(awaited("a", 0)),
    ],
    ["keeps its place among operators", "const x = await a + 1", `let x = ${awaited("a", 10)} + 1;`],
    [
      "may stand among others, in their order",
      "f(await a, await b)",
      result(`f(${awaited("a", 2)}, ${awaited("b", 11)})`),
    ],
    ["may be what another awaits", "await await a", result(awaited(awaited("a", 6), 0))],
    ["takes a sequence whole", "await (a, b)", result(awaited("(a, b)", 0))],
    [
      "of Promise.resolve needs no promise of its own",
      "await Promise.resolve(a)",
      result(awaited("__loopbook_resolved(Promise, a)", 0)),
    ],
    [
      "begins with a name, so that a line before it that has no semicolon ends there",
      "a\nawait b",
      `a;\n${result(awaited("b", 3))}`,
    ],
    [
      "of an async function says whose it is",
      "async function f() {\n\tawait a;\n}",
      `let f = async function () { ${CALL}\n\t${awaited("a", 22, RUN, '"f"')};\n};`,
    ],
    [
      "in a callback is the callback's",
      "async () => {\n\tawait a(async () => await b);\n}",
      result(
        `async () => { ${CALL}\n\t${awaited(
          `a(async () => { ${CALL} return ${awaited("b", 35, RUN)} })`,
          15,
          RUN,
        )};\n}`,
      ),
    ],
  ]);
});

describe("an async function", () => {
  specify([
    ["that awaits nothing and returns no promise stays as it is", "async (a) => a * 2", result("async (a) => a * 2")],
    ["that is empty stays as it is", "async function f(a) {}", "let f = async function (a) {};"],
    [
      "stays an arrow function where its body was an expression",
      "async () => await a",
      result(`async () => { ${CALL} return ${awaited("a", 12, RUN)} }`),
    ],
    [
      "whose body is an object gives that object",
      "async () => ({ a: await b })",
      result(`async () => { ${CALL} return ({ a: ${awaited("b", 18, RUN)} }) }`),
    ],
    [
      "has the name of its variable, for messages about tasks",
      "const f = async () => {\n\tawait a;\n}",
      `let f = async () => { ${CALL}\n\t${awaited("a", 25, RUN, '"f"')};\n};`,
    ],
    [
      "may be a method",
      "const o = { async m() {\n\tawait a;\n} }",
      `let o = { async m() { ${CALL}\n\t${awaited("a", 25, RUN, '"m"')};\n} };`,
    ],
    [
      "may be a private method",
      "class A {\n\tasync #m() {\n\t\tawait a;\n\t}\n}",
      `let A = class A {\n\tasync #m() { ${CALL}\n\t\t${awaited("a", 26, RUN, '"#m"')};\n\t}\n};`,
    ],
    [
      "inside one that is not: only the inner one awaits",
      "() => async () => await a",
      result(`() => async () => { ${CALL} return ${awaited("a", 18, RUN)} }`),
    ],
  ]);
});

describe("what an async function returns", () => {
  specify([
    [
      "is awaited by JavaScript after its end: a cancel is to reach that as well",
      "async () => a()",
      result(`async () => { ${LATEST} return __loopbook_return(${RUN}, a()) }`),
    ],
    [
      "in a block",
      "async () => {\n\treturn a;\n}",
      result(`async () => { ${LATEST}\n\treturn __loopbook_return(${RUN}, a);\n}`),
    ],
    [
      "may be one of several",
      "async () => a ? 1 : b()",
      result(`async () => { ${LATEST} return __loopbook_return(${RUN}, a ? 1 : b()) }`),
    ],
    [
      "may be a sequence",
      "async () => {\n\treturn a, b();\n}",
      result(`async () => { ${LATEST}\n\treturn __loopbook_return(${RUN}, (a, b()));\n}`),
    ],
    ["needs nothing where it is no promise", "async () => [a]", result("async () => [a]")],
    [
      "needs nothing where it was awaited",
      "async () => {\n\treturn await a;\n}",
      result(`async () => { ${CALL}\n\treturn ${awaited("a", 22, RUN)};\n}`),
    ],
  ]);
});

describe("code that goes on without the value of an await", () => {
  specify([
    [
      "in a catch or a finally is told that it does",
      "async () => {\n\ttry {\n\t\tawait a;\n\t} catch {\n\t\tb = 1;\n\t} finally {\n\t\tc = 1;\n\t}\n}",
      result(
        `async () => { ${CALL}\n\ttry {\n\t\t${awaited("a", 23, RUN)};\n\t} catch { __loopbook_resume(${RUN});\n\t\tb = 1;\n\t} finally { __loopbook_resume(${RUN});\n\t\tc = 1;\n\t}\n}`,
      ),
    ],
    [
      "in the body of a for await as well",
      "async () => {\n\tfor await (const x of a) b = x;\n}",
      result(
        `async () => { ${CALL}\n\tfor await (const x of __loopbook_iterate(a, ${RUN})) { __loopbook_resume(${RUN}); b = x; }\n}`,
      ),
    ],
    [
      "at the top level runs in its cell anyway",
      "for await (const x of a) b = x",
      "for await (const x of __loopbook_iterate(a)) b = x;",
    ],
  ]);
});

describe("other code that awaits", () => {
  specify([
    [
      "an async generator, also where it yields: it awaits in the name of who asks it",
      "async function* g() {\n\tyield a;\n\tyield* b;\n}",
      `let g = async function* () { const ${RUN} = __loopbook_generator();\n\tyield ${awaited("a", 23, RUN)};\n\tyield* __loopbook_iterate(b, ${RUN});\n};`,
    ],
    [
      "await using, whose block awaits at its end",
      "async () => {\n\tawait using a = b;\n}",
      result(`async () => { ${CALL}\n\tawait using a = __loopbook_hold(b, ${RUN});\n}`),
    ],
  ]);
});

describe("what runs before the body", () => {
  const body = (at: number): string => `${CALL}\n\t${awaited("a", at, RUN)};\n}`;
  specify([
    [
      "may make promises, which are not the call's",
      "async (p = b(), { [c()]: q } = {}) => {\n\tawait a;\n}",
      result(
        `async (p = __loopbook_keep(__loopbook_latest(), b()), { [__loopbook_keep(__loopbook_latest(), c())]: q } = {}) => { ${body(41)}`,
      ),
    ],
    [
      "needs nothing where it cannot",
      "async (p = 1, q = () => b(), r = {}) => {\n\tawait a;\n}",
      result(`async (p = 1, q = () => b(), r = {}) => { ${body(43)}`),
    ],
  ]);
});

test.each([
  ["the await that was written", "const x = 1; await  f(\n  x,\n)", "await __loopbook_await"],
  [
    "the one that follows it where the promise is pending",
    "const x = 1; await  f(\n  x,\n)",
    "await __loopbook_pending",
  ],
  ["the code that throws what it was rejected with", "const x = 1; await  f(\n  x,\n)", "__loopbook_awaited("],
])("the place of %s is that of the await", async (_what, written, part) => {
  const { script, positions } = await compiled(written);
  expect(positions(positionAt(script, script.indexOf(part)))).toEqual({ line: 1, column: 14 });
});
