import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { declaresType } from "../../../kernel/modules/declared-types.ts";

const directory = mkdtempSync(join(tmpdir(), "lb-types-"));
const files: { [name: string]: string } = {
  "own/package.json": '{ "types": "./types/main.d.ts" }',
  "own/types/main.d.ts":
    'import "./more"; export * from "far";\ninterface Main<T> {}\nexport { Main, Inner as Outer };',
  "own/types/more.d.ts": "export declare enum More {}\n/// <reference path='third.d.ts' />",
  "far/package.json": '{ "exports": { ".": { "types": { "import": "./far.d.mts" }, "default": "./far.js" } } }',
  "far/far.d.mts": "export type Far = 1",
  "far/sub.d.ts": "export type Sub = 1",
  "@scope/js/package.json": "{}",
  "@scope/js/index.js": "",
  "@types/scope__js/index.d.ts": "declare namespace js { interface Theirs {} }\nexport = js;",
};
for (const [name, text] of Object.entries(files)) {
  const path = join(directory, "node_modules", name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
writeFileSync(join(directory, "file.ts"), "export interface $Local {}\n// Localish\nconst name = 1");
const url = (path: string): string => pathToFileURL(join(directory, path)).href;

test.each([
  ["a file", "./file.ts", "file.ts", { $Local: true, Localish: false, name: false }],
  [
    "a package, through what its declarations name",
    "own",
    "node_modules/own/index.js",
    { Main: true, Outer: true, More: true, Far: true, Mai: false },
  ],
  ["the exports of a package", "far", "node_modules/far/far.js", { Far: true }],
  ["a module of a package", "npm:far@1/sub", "node_modules/far/sub.js", { Sub: true, Far: false }],
  ["the types of others", "@scope/js", "node_modules/@scope/js/index.js", { Theirs: true, js: true, Mine: false }],
  ["Node", "node:fs/promises", "", { FileHandle: true, NoSuchThing: false }],
  ["Node, without its scheme", "stream", "", { TransformOptions: true }],
])("types are found in %s", (_what, specifier, path, expected) => {
  const found = Object.keys(expected).map((name) => [name, declaresType(name, specifier, url(path))]);
  expect(Object.fromEntries(found)).toEqual(expected);
});
