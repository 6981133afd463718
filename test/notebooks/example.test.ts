// The program of lesson 5 stands twice: as a cell, and as a script that a reader can run.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseNotebook } from "../../cli/notebook/format.ts";

const folder = join(import.meta.dirname, "../../notebooks");
const script = readFileSync(join(folder, "example.ts"), "utf8");
const { cells } = parseNotebook(readFileSync(join(folder, "05-async-await-basics.ipynb"), "utf8"));
const sourceOf = (id: string): string => cells.find((cell) => cell.id === id)?.source ?? "";

const IMPORT = /^import \{([^}]*)\} from "loopbook";$/m;
const namesOf = (source: string): string[] => (IMPORT.exec(source)?.[1] ?? "").split(",").map((name) => name.trim());

test("the script says what the cell of the lesson says, but for its head and how it starts", () => {
  const withoutHead = script.replace(/^(?:\/\/.*\n)+\n/, "").replace(IMPORT, "");
  const asCell = withoutHead.replace("if (import.meta.main) await run(exampleMain());", "await exampleMain();");
  expect(asCell).not.toBe(withoutHead);
  expect(asCell.trim()).toBe(sourceOf("example-run").trim());
});

test("what the script imports, the lesson imports too", () => {
  const ofLesson = namesOf(sourceOf("imports"));
  expect(ofLesson).toContain("gather");
  expect(namesOf(script).filter((name) => !ofLesson.includes(name))).toEqual([]);
});
