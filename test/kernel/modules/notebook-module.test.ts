import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { notebookModule } from "../../../kernel/modules/notebook-module.ts";

const folder = mkdtempSync(join(tmpdir(), "lb-notebook-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Cell = [source: string | string[], tags?: string[]];

/** What a notebook with these cells runs as when it is imported. */
function codeOf(...cells: Cell[]): string {
  const path = join(folder, "n.ipynb");
  const json = cells.map(([source, tags]) => ({ cell_type: "code", source, metadata: tags ? { tags } : {} }));
  writeFileSync(path, JSON.stringify({ cells: [{ cell_type: "markdown", source: "# text" }, ...json] }));
  return notebookModule(path)
    .code.replaceAll(/\s*\n[\s;]*/g, "\n")
    .trim();
}

test.each<[string, Cell[], string]>([
  [
    "all that its cells declare",
    [["let a = 1"], ["function f() {}\nclass C {}"]],
    "export let a = 1;\nexport function f() {}\nexport class C {}",
  ],
  ["nothing that its cells do", [["console.log(1)\nlet a = 1\na++"]], "export let a = 1;"],
  ["its imports", [['import { a } from "m"'], ["let b = a"]], 'import { a } from "m";\nexport let b = a;'],
  ["what is exported already", [["export const a = 1"]], "export const a = 1;"],
  [
    "the cells tagged export, whole, and no others",
    [["let no = 1"], ["let a = 1\na++", ["export"]]],
    "export let a = 1;\na++;",
  ],
  ["lines that are kept apart in the file", [[["let a = 1\n", "let b = 2"]]], "export let a = 1;\nexport let b = 2;"],
])("another notebook gives %s", (_what, cells, code) => {
  expect(codeOf(...cells)).toBe(code);
});

test.each([
  ["{", "is not JSON"],
  ['{ "cells": 1 }', "is not a notebook"],
])("what is none is told: %s", (text, message) => {
  const path = join(folder, "broken.ipynb");
  writeFileSync(path, text);
  expect(() => notebookModule(path)).toThrow(message);
});
