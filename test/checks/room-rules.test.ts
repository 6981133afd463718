import { describe, expect, test } from "vitest";
import { importGraph } from "../../checks/graph.ts";
import { compareRooms } from "../../checks/room-rules.ts";
import { readRooms } from "../../checks/room-table.ts";

const PAGE = `
| room              | what it is | imports                        |
| ----------------- | ---------- | ------------------------------ |
| \`runtime/\`      | the loop   |                                |

| room              | what it is | imports                        |
| ----------------- | ---------- | ------------------------------ |
| \`kernel/log.ts\` | one file   |                                |
| \`kernel/io/\`    | sockets    | \`log.ts\`, \`runtime/\`       |

| other | imports |
| ----- | ------- |
| \`x\` | \`y\`   |
`;

const FILES = {
  "runtime/index.ts": "",
  "kernel/log.ts": "",
  "kernel/io/start.ts": 'import "../log.ts";\nimport type { Loop } from "../../runtime/index.ts";',
};

/** What is against the page if the files are as above, but for `changes`. */
const faults = (changes: { [file: string]: string }, page = PAGE): string[] =>
  compareRooms(readRooms(page), importGraph(new Map(Object.entries({ ...FILES, ...changes })))).faults;

describe("the table of rooms", () => {
  test("is read row by row, names with their parts", () => {
    expect(readRooms(PAGE)).toEqual([
      { name: "runtime/", imports: [] },
      { name: "kernel/log.ts", imports: [] },
      { name: "kernel/io/", imports: ["kernel/log.ts", "runtime/"] },
    ]);
  });

  test("is to be there", () => {
    expect(() => readRooms("# Rooms\n\nNone.\n")).toThrow("no table");
  });
});

describe("the rule of rooms", () => {
  test("is kept by files that import what their row says", () => {
    expect(faults({})).toEqual([]);
  });

  test("is broken by an import that the row does not have, of a type too", () => {
    expect(faults({ "kernel/log.ts": 'import type { Start } from "./io/start.ts";' })).toEqual([
      expect.stringMatching(
        /^kernel\/log\.ts imports kernel\/io\/start\.ts, but .* kernel\/log\.ts imports no other room/,
      ),
    ]);
  });

  test("is broken by an import of what is in no room, such as a test", () => {
    expect(faults({ "test/a.ts": "", "runtime/index.ts": 'import "../test/a.ts";' })).toEqual([
      expect.stringContaining("runtime/index.ts imports test/a.ts"),
    ]);
  });

  test("leaves free what is in no part of the table", () => {
    expect(faults({ "test/a.ts": 'import "../kernel/io/start.ts";' })).toEqual([]);
  });

  test("wants a row for each file of a part", () => {
    expect(faults({ "kernel/new/idea.ts": "" })).toEqual([expect.stringContaining("kernel/new/idea.ts is in no room")]);
  });

  test("wants a file for each row", () => {
    expect(faults({}, `${PAGE.trimEnd().split("\n\n| other")[0]}\n| \`kernel/gone/\` | - | |\n`)).toEqual([
      expect.stringContaining("has a row for kernel/gone/, where no file is"),
    ]);
  });

  test("wants no permission that nobody needs", () => {
    expect(faults({ "kernel/io/start.ts": 'import "../log.ts";' })).toEqual([
      expect.stringContaining("says that kernel/io/ imports runtime/. It does not"),
    ]);
  });

  test("lets no row name a room below it, so that the rooms cannot go in circles", () => {
    const page = PAGE.replace("| one file   |                                |", "| one file   | `io/` |");
    expect(faults({ "kernel/log.ts": 'import "./io/start.ts";' }, page)).toEqual([
      expect.stringContaining("lets kernel/log.ts import kernel/io/, which has no row above it"),
    ]);
  });
});
