import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { write } from "../session/project-files.ts";
import { SessionProcess } from "../session/session-process.ts";

const FILES: { [path: string]: string } = {
  "lib.ts": "export {}",
  "both.js": "",
  "both.ts": "",
  "made.mts": "",
  "view.tsx": "",
  "data.json": "{}",
  "folder/index.ts": "",
  "packed/package.json": '{ "main": "./start.js" }',
  "packed/start.js": "",
  "node_modules/esm/package.json":
    '{ "name": "esm", "type": "module", "exports": { ".": { "import": "./i.js" }, "./sub": "./s.js" } }',
  "node_modules/esm/i.js": "",
  "node_modules/esm/s.js": "",
  ".loopbook/notebook/node_modules/left--1/package.json": '{ "name": "left", "main": "l.js" }',
  ".loopbook/notebook/node_modules/left--1/l.js": "",
};

// Asked as a cell asks: the resolver is a hook of Node's loader.
const session = new SessionProcess();
afterAll(() => session[Symbol.dispose]());
beforeAll(() => write(session, FILES));

/** Where an import in a cell leads: a file in the notebook's folder, or what it stands for. */
async function target(specifier: string): Promise<string> {
  const { stdout, text } = await session.run(`console.log(import.meta.resolve(${JSON.stringify(specifier)}))`);
  const found = stdout.trim() || text.split("\n", 1)[0] || "";
  const base = `${pathToFileURL(session.directory).href}/`;
  return found.startsWith(base) ? found.slice(base.length) : found;
}

describe("an import in a cell leads to", () => {
  test.each([
    ["the file, with its extension", "./lib.ts", "lib.ts"],
    ["a TypeScript file, without its extension", "./lib", "lib.ts"],
    ["a TypeScript file, by the name of what it is compiled to", "./lib.js", "lib.ts"],
    ["the JavaScript file, where that is there", "./both.js", "both.js"],
    ["the .mts of an .mjs", "./made.mjs", "made.mts"],
    ["a file with JSX", "./view", "view.tsx"],
    ["JSON", "./data.json", "data.json"],
    ["a folder's index", "./folder", "folder/index.ts"],
    ["what a folder's package.json names", "./packed", "packed/start.js"],
    ["a package, as import finds it", "esm", "node_modules/esm/i.js"],
    ["a module of a package", "esm/sub", "node_modules/esm/s.js"],
    ["a package of the notebook's own", "npm:left@1", ".loopbook/notebook/node_modules/left--1/l.js"],
    ["what Node has", "node:fs", "node:fs"],
    ["what Node has, by its short name", "fs", "node:fs"],
  ])("%s", async (_what, specifier, expected) => {
    expect(await target(specifier)).toBe(expected);
  });

  test("the kernel's own runtime, whatever is installed", async () => {
    expect(await target("loopbook")).toMatch(/\/runtime\/index\.ts$/);
  });

  test("an explanation, where there is no such module", async () => {
    expect(await target("npm:left@2")).toContain("npm:left@2 is not installed for this notebook yet");
    expect(await target("https://esm.sh/left@2")).toContain('Write "npm:left@2" instead');
  });
});
