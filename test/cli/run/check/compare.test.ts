// What counts as a difference between a run and the saved outputs, and what does not.

import { describe, expect, test } from "vitest";
import type { CodeCell, Output } from "../../../../cli/notebook/format.ts";
import { compareCell, type Difference } from "../../../../cli/run/check/compare.ts";
import { describeCell, paintFor } from "../../../../cli/run/check/describe.ts";

const cell = (outputs: Output[], loopbook?: object): CodeCell => ({
  cell_type: "code",
  id: "hello-run",
  source: "1",
  metadata: { loopbook },
  execution_count: 1,
  outputs,
});
const stdout = (text: string): Output => ({ output_type: "stream", name: "stdout", text });
const stderr = (text: string): Output => ({ output_type: "stream", name: "stderr", text });
const display = (data: object): Output => ({ output_type: "display_data", data, metadata: {} });
const result = (text: string): Output => ({
  output_type: "execute_result",
  execution_count: 1,
  data: { "text/plain": text },
  metadata: {},
});
const failure = (ename: string, traceback: string[] = []): Output => ({
  output_type: "error",
  ename,
  evalue: "on purpose",
  traceback,
});

const compare = (saved: Output[], ran: Output[]) => compareCell(cell(saved), cell(ran), "real");
/** What an output difference says, in a line: `-a +b`. */
const signed = (differences: Difference[]) =>
  differences.map((each) =>
    each.kind === "output"
      ? `${each.what}: ${each.lines.flatMap(({ sign, text }) => (sign === " " ? [] : [sign + text])).join(" ")}`
      : each.kind,
  );

describe("a difference", () => {
  test.for<[string, Output[], Output[], string]>([
    ["a changed line", [stdout("a\nb\nc\n")], [stdout("a\nx\nc\n")], "stdout: -b +x"],
    ["a missing line", [stdout("a\nb\n")], [stdout("a\n")], "stdout: -b"],
    ["an added line", [stdout("a\n")], [stdout("a\nb\n")], "stdout: +b"],
    ["lines in another order", [stdout("a\nb\n")], [stdout("b\na\n")], "stdout: -a +a"],
    ["the other stream", [stderr("a\n")], [stdout("a\n")], "stderr: -a|stdout: +a"],
    ["another result", [result("42")], [result("43")], "result: -42 +43"],
    ["no result", [result("42")], [], "result: -42"],
    ["a new error", [], [failure("TypeError")], "error: +TypeError: on purpose"],
    [
      "another error",
      [failure("RangeError")],
      [failure("TypeError")],
      "error: -RangeError: on purpose +TypeError: on purpose",
    ],
    ["another display", [display({ "text/plain": "a" })], [display({ "text/plain": "b" })], "display: -a +b"],
    [
      "JSON",
      [display({ "application/json": { x: 1 } })],
      [display({ "application/json": { x: 2 } })],
      'display (application/json): - "x": 1 + "x": 2',
    ],
    [
      "words in HTML",
      [display({ "text/html": "<b>yes</b>" })],
      [display({ "text/html": "<b>no</b>" })],
      "display (text/html): -yes +no",
    ],
    [
      "a picture that is gone",
      [display({ "image/png": "aGk=" })],
      [display({})],
      "display (image/png): -[display (image/png)]",
    ],
    [
      "a number that is no measured time",
      [stdout("Speedup: 2.0x faster!\n")],
      [stdout("Speedup: 2.1x faster!\n")],
      "stdout: -Speedup: 2.0x faster! +Speedup: 2.1x faster!",
    ],
    ["a blank line", [stdout("a\n\nb\n")], [stdout("a\nb\n")], "stdout: -"],
  ])("%s", ([, saved, ran, expected]) => {
    expect(signed(compare(saved, ran)).join("|")).toBe(expected);
  });

  test("a cell that was never saved with its outputs has nothing to compare with", () => {
    expect(compareCell({ ...cell([]), execution_count: null }, cell([stdout("a")]), "real")).toEqual([
      { kind: "unsaved" },
    ]);
  });
});

describe("no difference", () => {
  const chart = (total: string, bar: string, end: string) =>
    display({
      "text/plain": `        0s        ${total}\nstep 1  ${bar}  ${end}\n░ waits   · waits for tasks\n${total}; nothing ran concurrently`,
    });
  const drawing = (total: string, key = "") =>
    display({
      "image/svg+xml": `<svg><style>a{}</style><desc>${total}</desc><text>main</text><text>${total}</text>${key}</svg>`,
    });

  test.for<[string, Output[], Output[]]>([
    ["a measured figure", [stdout("One hello: 1.00s\n")], [stdout("One hello: 1.04s\n")]],
    ["an address", [stdout("<coroutine object f at 0x7f01a2b3c4d5>\n")], [stdout("<coroutine object f at 0x…>\n")]],
    [
      "how the streams are interleaved",
      [stdout("a\n"), stderr("w\n"), stdout("b\n")],
      [stdout("a\nb\n"), stderr("w\n")],
    ],
    ["colours", [stdout("\x1b[31ma\x1b[39m\n")], [stdout("a\n")]],
    ["lengths and figures of a chart", [chart("3.01s", "░░░░░░", "1.00s")], [chart("3.00s", "█░░░░", "0.99s")]],
    ["lengths and figures of a drawing, and its key", [drawing("3.01s")], [drawing("3.00s", "<text>running</text>")]],
    [
      "frames of a traceback outside of the cells",
      [failure("E", ["E: on purpose", "    at Cell [1]:1:1", "    at /a/b.js:1:1"])],
      [failure("E", ["E: on purpose", "    at Cell [1]:1:1"])],
    ],
    [
      "the place within its cell that a warning names",
      [stderr("Warning: w\n    at f (Cell [3]:2:3)\n")],
      [stderr("Warning: w\n    at <anonymous> (Cell [3])\n")],
    ],
    ["the bytes of a picture", [display({ "image/png": "aGk=" })], [display({ "image/png": "aGo=" })]],
  ])("%s", ([, saved, ran]) => {
    expect(compare(saved, ran)).toEqual([]);
  });

  test("times and gains in a table, in a cell that says that it measures them; on the virtual clock they are exact", () => {
    const table = (text: string) => cell([stdout(text)], { measured: true });
    const [saved, ran] = [table("three orders  0.9 s  0.3 s  3x\n"), table("three orders  1.2 s  0.3 s  4x\n")];
    expect(compareCell(saved, ran, "real")).toEqual([]);
    expect(compareCell(saved, ran, "virtual")).toHaveLength(1);
    expect(compareCell(saved, table("four orders  0.9 s  0.3 s  3x\n"), "real")).toHaveLength(1);
  });

  test("but the rows of a chart and the names in a drawing must be the same", () => {
    const other = { "text/plain": "        0s   1.00s\nstep 2  ░░░░░  1.00s\n1.00s; nothing ran concurrently" };
    expect(signed(compare([chart("3.00s", "░", "1.00s")], [display(other)]))[0]).toContain("-step 1 … +step 2 …");
    const drawn = display({ "image/svg+xml": "<svg><text>other</text></svg>" });
    expect(signed(compare([drawing("3.00s")], [drawn]))).toEqual(["display (image/svg+xml): -main +other"]);
  });
});

describe("a stated time", () => {
  const timed = (seconds: string, stated: object) => cell([stdout(`One hello: ${seconds}s\n`)], stated);
  const check = (seconds: string, stated: object, clock: "real" | "virtual") =>
    compareCell(timed(seconds, stated), timed(seconds, stated), clock);

  test.for(["0.98", "1.00", "1.15"])("of 1 s is kept by %s s", (seconds) => {
    expect(check(seconds, { seconds: 1 }, "real")).toEqual([]);
  });

  test.for(["0.96", "1.17"])("of 1 s is not kept by %s s", (seconds) => {
    expect(check(seconds, { seconds: 1 }, "real")).toMatchObject([
      { kind: "time", stated: 1, measured: Number(seconds) },
    ]);
  });

  test("may be missed by its tolerance", () => {
    expect(check("1.40", { seconds: 1, tolerance: 0.5 }, "real")).toEqual([]);
    expect(check("0.60", { seconds: 1, tolerance: 0.5 }, "real")).toEqual([]);
    expect(check("1.60", { seconds: 1, tolerance: 0.5 }, "real")).toHaveLength(1);
  });

  test("is exact on the virtual clock", () => {
    expect(check("1.00", { seconds: 1 }, "virtual")).toEqual([]);
    expect(check("1.01", { seconds: 1, tolerance: 0.5 }, "virtual")).toHaveLength(1);
  });

  test("is what the cell took as a whole, where it prints none", () => {
    const silent = cell([stdout("hello\n")], { seconds: 1 });
    expect(compareCell(silent, silent, "real", 1.1)).toEqual([]);
    expect(compareCell(silent, silent, "virtual", 1.1)).toMatchObject([{ kind: "time", measured: 1.1 }]);
    expect(compareCell(timed("1.00", { seconds: 1 }), timed("1.00", { seconds: 1 }), "virtual", 1.1)).toEqual([]);
  });
});

test("a difference is shown with its cell, the lines around it, and colours only on a terminal", () => {
  const differences = compare([stdout("1\n2\n3\n4\n5\n6\n7\n")], [stdout("1\n2\n3\n4\nfive\n6\n7\n")]);
  const text = describeCell({ number: 3, cell: cell([]), differences }, "a.ipynb", paintFor({ isTTY: false }));
  expect(text.split("\n")).toEqual([
    "a.ipynb: cell 3 (hello-run)",
    "  stdout is not as saved (- expected, + got):",
    "      3",
    "      4",
    "    - 5",
    "    + five",
    "      6",
    "      7",
  ]);
  const coloured = describeCell({ number: 3, cell: cell([]), differences }, "a.ipynb", paintFor({ isTTY: true }));
  expect(coloured).toContain("\x1b[31m- 5");
});
