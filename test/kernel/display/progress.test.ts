import { afterAll, describe, expect, test } from "vitest";
import { progressHtml, progressLine } from "../../../kernel/display/progress-bar.ts";
import { SessionProcess } from "../session/session-process.ts";

const session = new SessionProcess();
afterAll(() => session[Symbol.dispose]());

const state = { label: "pages", total: 10, done: 4, seconds: 8, ended: false };

describe("the line", () => {
  test.each([
    [
      "says how far, how long, how long still, how fast",
      state,
      "pages  40% |█████████▌              | 4/10 [0:08 < 0:12, 2.00 s each]",
    ],
    [
      "knows no rest once it has ended",
      { ...state, ended: true, done: 10 },
      "pages 100% |████████████████████████| 10/10 [0:08, 1.25/s]",
    ],
    ["is a count where no total is known", { ...state, total: undefined, label: "" }, "4 [0:08, 2.00 s each]"],
    [
      "of nothing to do is full",
      { ...state, total: 0, done: 0, seconds: 0 },
      "pages 100% |████████████████████████| 0/0 [0:00]",
    ],
  ])("%s", (_, given, expected) => expect(progressLine(given)).toBe(expected));
});

test("a label is text, whatever is in it", () => {
  expect(progressHtml({ ...state, label: "<b>" })).toContain("&lt;b&gt;");
});

const bars = (shown: { [key: string]: unknown }[]): unknown[] => shown.map(({ data }) => Object(data)["text/plain"]);

test("a loop over items draws one output, and leaves its last state", async () => {
  const { shown } = await session.run(
    "import { sleep } from 'loopbook'; for (const x of progress([1, 2, 3], { label: 'n' })) await sleep(0.15);",
  );
  const ids = new Set(shown.map(({ transient }) => Object(transient).display_id));
  expect(ids.size).toBe(1);
  expect(bars(shown)[0]).toContain("0/3");
  expect(bars(shown).at(-1)).toMatch(/^n 100% .* 3\/3 \[/);
});

test("a loop that ends early leaves how far it came", async () => {
  const { shown } = await session.run("for (const x of progress([1, 2, 3])) if (x === 2) break;");
  expect(bars(shown).at(-1)).toContain("1/3");
});

test("an async iterable has a bar too, and what is inside one its own", async () => {
  const { shown } = await session.run(`
    async function* source() { yield 1; yield 2; }
    for await (const x of progress(source(), { total: 2, label: "outer" })) for (const y of progress([x], { label: "inner" })) y;`);
  const last = bars(shown).map(String);
  expect(last.filter((line) => line.includes("inner 100%"))).toHaveLength(2);
  expect(last.at(-1)).toContain("outer 100%");
});

test("what cannot be iterated is refused in words", async () => {
  expect((await session.run("progress(null)")).text).toContain(
    "progress(items) takes a number, or what a for loop takes, got null",
  );
});
