import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Language } from "../../../../kernel/language/language.ts";
import { cellDeclarations } from "../../../../kernel/language/scope/declared-names.ts";
import { notebookPlace } from "../../../../kernel/modules/notebook-place.ts";
import { silentInspector } from "../silent-inspector.ts";

const directory = mkdtempSync(join(tmpdir(), "lb-augmentations-"));
let language: Language;

beforeAll(() => {
  language = new Language({ place: notebookPlace(directory), inspector: silentInspector, onTrouble: () => {} });
});

afterAll(() => {
  language.close();
  rmSync(directory, { recursive: true, force: true });
});

/** The type errors of the last of some cells, which are run one after the other. */
async function lastErrors(...cells: string[]): Promise<string> {
  let errors: string[] = [];
  for (const cell of cells) errors = await language.check(cell);
  return errors.join("");
}

const last =
  "declare global { interface Array<T> { last(): T | undefined } }\nArray.prototype.last = function () { return this.at(-1) }";

describe("what a cell adds to the global scope", () => {
  test("is known to the cells after it", async () => {
    expect(await lastErrors(last, "[1, 2].last()?.toFixed()")).toBe("");
  });

  test("is known to a cell that imports something, too", async () => {
    expect(await lastErrors("import { join } from 'node:path'\njoin(['a'].last() ?? '', 'b')")).toBe("");
  });

  test("stays once many cells have followed", async () => {
    for (let i = 0; i < 12; i++) await language.check(`const filler${i} = ${i}`);
    expect(await lastErrors("[filler0].last()?.toFixed()")).toBe("");
  });

  test("is what the latest cell says of it", async () => {
    expect(await lastErrors("declare global { var setting: number }", "setting = 'text'")).toContain("ts(2322)");
    expect(await lastErrors("declare global { var setting: string }")).toBe("");
    expect(await lastErrors("setting = 'text'")).toBe("");
  });

  test("leaves the other names of a cell that said it before", async () => {
    await lastErrors("declare global { var mode: number }\nconst besides = 1");
    expect(await lastErrors("declare global { var mode: string }", "mode = 'dark'; besides.toFixed()")).toBe("");
  });
});

test("what a cell adds to a module is known to the cells after it", async () => {
  const cell = "declare module 'node:path' { interface ParsedPath { depth: number } }";
  expect(await lastErrors(cell, "import { parse } from 'node:path'\nparse('a').depth.toFixed()")).toBe("");
});

describe("the augmentations of a cell", () => {
  test.each([
    ["declare global { interface Array<T> { last(): T; first: T } }", ["Array.last", "Array.first"]],
    ["declare global { var a: 1; function f(): void; class C {}; type T = 1 }", ["a", "f", "C", "T"]],
    ["declare module 'm' { interface I { a: 1 } export const b: 1 }", ['"m".I.a', '"m".b']],
    ["namespace N { export const a = 1 }\ndeclare const b: 1", []],
  ])("%s", async (code, names) => {
    expect((await cellDeclarations(code))?.augmentations.flatMap((each) => each.names)).toEqual(names);
  });
});
