import { afterAll, expect, test } from "vitest";
import { SessionProcess } from "./session-process.ts";

const session = new SessionProcess();
afterAll(() => session[Symbol.dispose]());

const DISPLAY = 'Symbol.for("Jupyter.display")';
const shownAs = (bundle: string): string => `({ [${DISPLAY}]: () => (${bundle}) })`;

test("a call of display that ends a cell shows its value once, and nothing else", async () => {
  expect((await session.run("display(7)")).text).toBe("7");
  expect((await session.run(`display(${shownAs('{ "text/plain": "asked" }')})`)).text).toBe("asked");
});

test("a call of display that ends a cell fails the cell", async () => {
  const { reply } = await session.run("display(1, { update: true })");
  expect(reply).toMatchObject({ status: "error", ename: "TypeError" });
});

test("display takes a bundle as it is, with metadata", async () => {
  const { text, shown } = await session.run(
    'display({ "text/plain": "raw", "image/png": Buffer.from("p") }, { raw: true, metadata: { "image/png": { width: 9 } } })',
  );
  expect(text).toBe("raw");
  expect(shown).toMatchObject([
    { data: { "text/plain": "raw", "image/png": "cA==" }, metadata: { "image/png": { width: 9 } } },
  ]);
  expect((await session.run("display('x', { raw: true })")).text).toContain('such as { "text/html": "<b>x</b>" }');
});

test.each([
  ["a result", shownAs('{ "text/plain": "t", "application/json": { n: 10n } }')],
  ["a display", `await display(${shownAs('{ "application/json": { n: 10n } }')})`],
  ["a display that nobody waits for", `display(${shownAs('{ "application/json": { n: 10n } }')}); 0`],
  ["metadata", "await display({}, { raw: true, metadata: { n: 10n } })"],
])("%s that is not JSON is an error of its cell", async (_name, code) => {
  const { text } = await session.run(`${code}`);
  expect(text).toContain("it holds a BigInt");
});

test("nothing that leaves holds half a surrogate pair", async () => {
  const half = '"\\u{1F600}"[0]';
  const failed = await session.run(`throw Object.assign(new Error(${half}), { name: ${half}, [${half}]: ${half} })`);
  const displayed = await session.run(
    `display({ "text/html": ${half} }, { raw: true, id: ${half}, metadata: { a: ${half} } })`,
  );
  const result = await session.run("1", { userExpressions: { a: shownAs(`{ "text/html": ${half} }`) } });
  for (const run of [failed, displayed, result])
    expect(JSON.stringify([run.reply, run.shown])).not.toMatch(/(?<!\\)\\ud[89a-f]/);
  expect(failed.reply).toMatchObject({ ename: "\ufffd", evalue: "\ufffd" });
});

test.each([
  ["a timeout", "setTimeout(() => {}, 10)", /^Timeout { id: \d+, ms: 10 }$/],
  [
    "an interval, in an object",
    "const every = { timer: setInterval(() => {}, 5) }; every",
    /^{ timer: Timeout { id: \d+, ms: 5, repeat: true } }$/,
  ],
  ["one that is over", "clearInterval(every.timer); [every.timer]", /^\[ Timeout { over: true } \]$/],
  ["an immediate", "setImmediate(() => {})", /^Immediate {}$/],
])("a timer is one line: %s", async (_name, code, expected) => {
  expect((await session.run(code)).result).toMatch(expected);
});
