// The readers' copy of the lessons.

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fillWorkFolder } from "../../../cli/lab/work-folder.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "loopbook-work-"));
  mkdirSync(join(folder, "lessons", "server"), { recursive: true });
  for (const [path, text] of [
    ["01.ipynb", "one"],
    ["server/fetch.ts", "fetch"],
    ["README.md", "for authors"],
    [".hidden", "x"],
  ] as const)
    writeFileSync(join(folder, "lessons", path), text);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const fill = () => fillWorkFolder({ lessons: join(folder, "lessons"), work: join(folder, "work") });
const write = (path: string, text: string) => writeFileSync(join(folder, path), text);
const read = (path: string) => readFileSync(join(folder, path), "utf8");

test("has the lessons and their helpers, and is filled once", () => {
  expect(fill()).toEqual({ copied: ["01.ipynb", "server/fetch.ts"], kept: [] });
  expect(readdirSync(join(folder, "work")).toSorted()).toEqual([".lessons.json", "01.ipynb", "server"]);
  expect(fill()).toEqual({ copied: [], kept: [] });
});

test("what the reader has not changed is brought up to date, what they have is kept, and that is said once", () => {
  fill();
  write("work/01.ipynb", "my answers");
  write("lessons/01.ipynb", "a new lesson");
  write("lessons/server/fetch.ts", "a new server");
  expect(fill()).toEqual({ copied: ["server/fetch.ts"], kept: ["01.ipynb"] });
  expect([read("work/01.ipynb"), read("work/server/fetch.ts")]).toEqual(["my answers", "a new server"]);
  expect(fill()).toEqual({ copied: [], kept: [] });
});

test("notebooks of the reader's own are left alone, and what was removed comes back", () => {
  fill();
  write("work/scratch.ipynb", "scratch");
  rmSync(join(folder, "work", "01.ipynb"));
  expect(fill()).toEqual({ copied: ["01.ipynb"], kept: [] });
  expect(read("work/scratch.ipynb")).toBe("scratch");
});
