import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { globMatches } from "../../../kernel/io/glob.ts";
import { History, type HistoryEntry } from "../../../kernel/io/history.ts";
import { defaultHistoryPath, HistoryFile } from "../../../kernel/io/history-file.ts";
import { createLog } from "../../../kernel/io/log.ts";
import { historyRequest } from "./parts.ts";

const EARLIER: HistoryEntry[] = [
  { session: 1, line: 1, input: "a = 1" },
  { session: 2, line: 1, input: "b = 2" },
  { session: 2, line: 2, input: "a = 1" },
];

function history(): History {
  const own = new History({ append: () => {}, load: async () => EARLIER }, 3);
  own.add(1, "c = 3");
  own.setOutput(1, "3");
  own.add(2, "b = 2");
  return own;
}

describe("history", () => {
  test("tail: the last n inputs of all sessions", async () => {
    expect(await history().ask(historyRequest({ n: 3 }))).toEqual([
      [2, 2, "a = 1"],
      [3, 1, "c = 3"],
      [3, 2, "b = 2"],
    ]);
  });

  test("tail: with outputs where there are any", async () => {
    expect(await history().ask(historyRequest({ n: 2, output: true }))).toEqual([
      [3, 1, ["c = 3", "3"]],
      [3, 2, ["b = 2", null]],
    ]);
  });

  test("range: lines of this session, up to but not including stop", async () => {
    const range = historyRequest({ hist_access_type: "range", session: 0, start: 1, stop: 2 });
    expect(await history().ask(range)).toEqual([[3, 1, "c = 3"]]);
  });

  test("range: a session before this one, counted back or by its number", async () => {
    const range = (session: number) => history().ask(historyRequest({ hist_access_type: "range", session, start: 1 }));
    expect(await range(-1)).toEqual([
      [2, 1, "b = 2"],
      [2, 2, "a = 1"],
    ]);
    expect(await range(-2)).toEqual(await range(1));
    expect(await range(-9)).toEqual([]);
  });

  test("search: by pattern, each input once at its latest use", async () => {
    const search = historyRequest({ hist_access_type: "search", pattern: "? = [12]", unique: true });
    expect(await history().ask(search)).toEqual([
      [2, 2, "a = 1"],
      [3, 2, "b = 2"],
    ]);
  });
});

describe("a pattern", () => {
  test.each([
    ["*", "", true],
    ["a*c", "abbc", true],
    ["a*c", "abb", false],
    ["?", "😀", true],
    ["*\n*", "a\nb", true],
    ["[a-c]x", "bx", true],
    ["[^a-c]x", "bx", false],
    ["a.c", "abc", false],
    ["[", "[", true],
  ])("%j fits %j: %s", (pattern, text, fits) => expect(globMatches(pattern, text)).toBe(fits));

  test("of many stars does not take for ever", () => {
    expect(globMatches("*a".repeat(50), `${"a".repeat(5_000)}b`)).toBe(false);
  });
});

describe("the history file", () => {
  const folder = () => mkdtempSync(join(tmpdir(), "loopbook-history-"));

  test("keeps inputs for other kernels, one JSON object a line", async () => {
    const path = join(folder(), "new", "history.jsonl");
    const [one, other] = [new HistoryFile(path, createLog("off")), new HistoryFile(path, createLog("off"))];
    one.append({ session: 1, line: 1, input: "a\nb", output: "not kept" });
    await one.flush();
    other.append({ session: 2, line: 1, input: "c" });
    expect(await other.load()).toEqual([
      { session: 1, line: 1, input: "a\nb" },
      { session: 2, line: 1, input: "c" },
    ]);
    expect(readFileSync(path, "utf8").split("\n")).toHaveLength(3);
  });

  test("skips lines that are damaged", async () => {
    const path = join(folder(), "history.jsonl");
    writeFileSync(path, '{"session":1,"li\n{"session":1,"line":2,"input":"b"}\nnull\n');
    expect(await new HistoryFile(path, createLog("off")).load()).toEqual([{ session: 1, line: 2, input: "b" }]);
  });

  test("that cannot be written is one warning", async () => {
    const lines: string[] = [];
    const blocked = join(folder(), "file");
    writeFileSync(blocked, "");
    const file = new HistoryFile(
      join(blocked, "history.jsonl"),
      createLog("warn", (line) => lines.push(line)),
    );
    for (const line of [1, 2]) {
      file.append({ session: 1, line, input: "x" });
      await file.flush();
    }
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain("history is not kept");
  });

  test("lies in Jupyter's data folder", () => {
    expect(defaultHistoryPath({ JUPYTER_DATA_DIR: "/data" }, "linux")).toBe("/data/loopbook/history.jsonl");
    expect(defaultHistoryPath({ XDG_DATA_HOME: "/xdg" }, "linux")).toBe("/xdg/jupyter/loopbook/history.jsonl");
  });
});
