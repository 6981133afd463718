import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { Language } from "../../../kernel/language/language.ts";
import { notebookPlace } from "../../../kernel/modules/notebook-place.ts";
import { silentInspector } from "./silent-inspector.ts";

const directory = mkdtempSync(join(tmpdir(), "lb-edited-"));
const language = new Language({ place: notebookPlace(directory), inspector: silentInspector, onTrouble: () => {} });
afterAll(() => language.close());

const PATIENCE = { timeout: 8_000 };
const write = (name: string, code: string) => writeFileSync(join(directory, name), code);
const codes = async (cell: string) => (await language.check(cell)).map((error) => /ts\(\d+\)/.exec(error)?.[0]);

test("a file that has been edited is read anew", async () => {
  write("edited.ts", "export const size = 1;");
  expect(await codes("import { size } from './edited.ts'; size.toFixed()")).toEqual([]);
  write("edited.ts", "export const size = 'large'; export const more = 2;");
  await expect.poll(() => codes("size.toFixed()"), PATIENCE).toEqual(["ts(2551)"]);
  expect(await codes("import { size, more } from './edited.ts'; size.length + more")).toEqual([]);
});

test("a file that was missing is found", async () => {
  expect(await codes("import { late } from './late.ts'; late.anything()")).toEqual([]);
  write("late.ts", "export const late = 1;");
  await expect.poll(() => codes("late.anything()"), PATIENCE).toEqual(["ts(2339)"]);
});

test("a file in a folder that cells import from is read anew", async () => {
  mkdirSync(join(directory, "lib"));
  write("lib/deep.ts", "export const deep = 1;");
  language.watch(join(directory, "lib"));
  expect(await codes("import { deep } from './lib/deep.ts'; deep.toFixed()")).toEqual([]);
  write("lib/deep.ts", "export const deep = [1];");
  await expect.poll(() => codes("deep.toFixed()"), PATIENCE).toEqual(["ts(2339)"]);
});
