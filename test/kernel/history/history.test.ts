import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { globMatches } from "../../../kernel/history/glob.ts";
import { History } from "../../../kernel/history/history.ts";
import { defaultHistoryPath, HistoryDatabase } from "../../../kernel/history/history-database.ts";
import { createLog } from "../../../kernel/log.ts";
import { historyRequest } from "../io/parts.ts";

const quiet = createLog("off");
const newPath = () => join(mkdtempSync(join(tmpdir(), "loopbook-history-")), "new", "history.sqlite");

async function session(path: string, ...inputs: string[]): Promise<History> {
  const history = new History(new HistoryDatabase(path, quiet), quiet);
  for (const [i, input] of inputs.entries()) history.add(i + 1, input);
  await history.flush();
  return history;
}

/** The third kernel that used a database. */
async function history(): Promise<History> {
  const path = newPath();
  await (await session(path, "a = 1")).close();
  await (await session(path, "b = 2", "a = 1")).close();
  const own = await session(path);
  own.add(1, "c = 3");
  own.setOutput(1, "3");
  own.add(2, "b = 2");
  return own;
}

describe("history", () => {
  test("tail: the last n inputs of all sessions", async () => {
    expect(await (await history()).ask(historyRequest({ n: 3 }))).toEqual([
      [2, 2, "a = 1"],
      [3, 1, "c = 3"],
      [3, 2, "b = 2"],
    ]);
  });

  test("tail: with outputs where there are any", async () => {
    expect(await (await history()).ask(historyRequest({ n: 2, output: true }))).toEqual([
      [3, 1, ["c = 3", "3"]],
      [3, 2, ["b = 2", null]],
    ]);
  });

  test("range: lines of this session, up to but not including stop", async () => {
    const range = historyRequest({ hist_access_type: "range", session: 0, start: 1, stop: 2 });
    expect(await (await history()).ask(range)).toEqual([[3, 1, "c = 3"]]);
  });

  test("range: a session before this one, counted back or by its number", async () => {
    const own = await history();
    const range = (session: number) => own.ask(historyRequest({ hist_access_type: "range", session, start: 1 }));
    expect(await range(-1)).toEqual([
      [2, 1, "b = 2"],
      [2, 2, "a = 1"],
    ]);
    expect(await range(-2)).toEqual(await range(1));
    expect(await range(-9)).toEqual([]);
  });

  test("search: by pattern, each input once at its latest use", async () => {
    const search = historyRequest({ hist_access_type: "search", pattern: "? = [12]", unique: true });
    expect(await (await history()).ask(search)).toEqual([
      [2, 2, "a = 1"],
      [3, 2, "b = 2"],
    ]);
  });

  test("search: the last n, and all inputs without a pattern", async () => {
    const own = await history();
    const search = (changes: object) => own.ask(historyRequest({ hist_access_type: "search", ...changes }));
    expect(await search({ pattern: "*1", n: 1 })).toEqual([[2, 2, "a = 1"]]);
    expect(await search({})).toHaveLength(5);
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

describe("the history database", () => {
  test("is shared by kernels that run at the same time", async () => {
    const path = newPath();
    const kernels = await Promise.all([session(path, "one"), session(path, "two")]);
    for (const [i, kernel] of kernels.entries()) kernel.add(2, `more ${i}`);
    await Promise.all(kernels.map((kernel) => kernel.flush()));
    for (const kernel of kernels) {
      const rows = await kernel.ask(historyRequest({ n: 10 }));
      expect(rows.map(([, , input]) => input).toSorted()).toEqual(["more 0", "more 1", "one", "two"]);
    }
  });

  test("has the output of a cell whose input was written long before", async () => {
    const own = await session(newPath(), "slow");
    own.setOutput(1, "done");
    expect(await own.ask(historyRequest({ n: 1, output: true }))).toEqual([[1, 1, ["slow", "done"]]]);
  });

  test("is not opened before something is written or asked", () => {
    const path = newPath();
    new History(new HistoryDatabase(path, quiet), quiet).add(1, "x");
    expect(existsSync(path)).toBe(false);
  });

  test("keeps what another kernel does not let it write, for later", async () => {
    const path = newPath();
    const own = await session(path, "first");
    const other = new DatabaseSync(path);
    other.exec("BEGIN EXCLUSIVE");
    own.add(2, "second");
    await own.flush();
    other.exec("COMMIT");
    expect(await own.ask(historyRequest({ n: 10 }))).toHaveLength(2);
  });

  test("that cannot be written is one warning, and history lives in memory", async () => {
    const lines: string[] = [];
    const blocked = join(mkdtempSync(join(tmpdir(), "loopbook-history-")), "file");
    writeFileSync(blocked, "");
    const log = createLog("warn", (line) => lines.push(line));
    const history = new History(new HistoryDatabase(join(blocked, "history.sqlite"), log), log);
    for (const line of [1, 2]) {
      history.add(line, "x");
      await history.flush();
    }
    expect(await history.ask(historyRequest({ n: 5 }))).toHaveLength(2);
    expect(lines).toEqual([expect.stringContaining("history is not kept")]);
  });

  test("lies in Jupyter's data folder", () => {
    expect(defaultHistoryPath({ JUPYTER_DATA_DIR: "/data" }, "linux")).toBe("/data/loopbook/history.sqlite");
    expect(defaultHistoryPath({ XDG_DATA_HOME: "/xdg" }, "linux")).toBe("/xdg/jupyter/loopbook/history.sqlite");
  });
});
