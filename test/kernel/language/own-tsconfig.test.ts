import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { Language } from "../../../kernel/language/language.ts";
import { notebookPlace } from "../../../kernel/modules/notebook-place.ts";
import { silentInspector } from "./silent-inspector.ts";

let language: Language | undefined;
afterEach(() => language?.close());

function besideTsconfig(text: string, files: { [name: string]: string } = {}) {
  const directory = mkdtempSync(join(tmpdir(), "lb-tsconfig-"));
  for (const [name, code] of Object.entries({ "tsconfig.json": text, ...files }))
    writeFileSync(join(directory, name), code);
  language = new Language({ place: notebookPlace(directory), inspector: silentInspector, onTrouble: () => {} });
  return { directory, check: (cell: string) => language?.check(cell) };
}

test("the options of the folder's own tsconfig.json hold", async () => {
  const implicit = "const id = (x) => x;";
  expect(await besideTsconfig("{}").check(implicit)).toEqual([expect.stringContaining("ts(7006)")]);
  language?.close();
  // As people write it, with a comment and a comma too many.
  const loose = besideTsconfig('{ "compilerOptions": { /* old code */ "strict": false, "lib": ["esnext", "dom"], } }');
  expect(await loose.check(`${implicit} document.title.trim();`)).toEqual([]);
});

test("what a kernel needs holds whatever it says", async () => {
  const { check } = besideTsconfig(
    '{ "compilerOptions": { "erasableSyntaxOnly": true, "module": "commonjs", "composite": true, "rootDir": "src" } }',
    { "there.ts": "export const there = 1;" },
  );
  expect(await check("enum Colour { red }\nimport { there } from './there.ts';\nawait Colour.red + there;")).toEqual(
    [],
  );
});

test.skipIf(process.platform === "win32")("what else it includes is not read: a project may be large", async () => {
  const { directory, check } = besideTsconfig('{ "files": ["endless.ts"], "include": ["more.ts"] }', {
    "more.ts": "declare const leaked: number;",
  });
  // Who reads a pipe that nobody writes to waits for ever.
  execFileSync("mkfifo", [join(directory, "endless.ts")]);
  expect(await check("leaked")).toEqual([expect.stringContaining("ts(2304)")]);
});
