import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { DEFAULT_JSX } from "../../../kernel/compile/jsx.ts";
import { compilerOptions, compilerOptionsOf } from "../../../kernel/modules/compiler-options.ts";

const folder = mkdtempSync(join(tmpdir(), "lb-options-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const say = (text: string): void => writeFileSync(join(folder, "tsconfig.json"), text);
const DEFAULT = { experimentalDecorators: false, jsx: DEFAULT_JSX };

test.each([
  ["nothing", "{}", DEFAULT],
  ["no tsconfig.json", "{", DEFAULT],
  [
    "older decorators, in JSON with comments",
    '{ "compilerOptions": { /* old */ "experimentalDecorators": true, } }',
    { ...DEFAULT, experimentalDecorators: true },
  ],
  [
    "another package for JSX",
    '{ "compilerOptions": { "jsx": "react-jsx", "jsxImportSource": "preact" } }',
    { ...DEFAULT, jsx: { ...DEFAULT_JSX, importSource: "preact" } },
  ],
  [
    "the classic way",
    '{ "compilerOptions": { "jsx": "react", "jsxFactory": "h", "jsxFragmentFactory": "F" } }',
    { ...DEFAULT, jsx: { ...DEFAULT_JSX, runtime: "classic", factory: "h", fragment: "F" } },
  ],
  [
    "another React",
    '{ "compilerOptions": { "jsx": "react", "reactNamespace": "Preact" } }',
    { ...DEFAULT, jsx: { ...DEFAULT_JSX, runtime: "classic", factory: "Preact.createElement" } },
  ],
])("a tsconfig.json that says %s is obeyed", (_what, text, options) => {
  say(text);
  expect(compilerOptions(folder)).toEqual(options);
});

test("a tsconfig.json that extends another says what that says", () => {
  writeFileSync(join(folder, "base.json"), '{ "compilerOptions": { "experimentalDecorators": true } }');
  say('{ "extends": "./base.json" }');
  expect(compilerOptions(folder).experimentalDecorators).toBe(true);
});

test("a file has the options of the nearest tsconfig.json", () => {
  mkdirSync(join(folder, "a/b"), { recursive: true });
  writeFileSync(join(folder, "a/tsconfig.json"), '{ "compilerOptions": { "experimentalDecorators": true } }');
  say("{}");
  expect(compilerOptionsOf(join(folder, "a/b/c.ts")).experimentalDecorators).toBe(true);
  expect(compilerOptionsOf(join(folder, "d.ts")).experimentalDecorators).toBe(false);
});
