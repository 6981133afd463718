import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { Language } from "../../../kernel/language/language.ts";
import { notebookPlace } from "../../../kernel/modules/notebook-place.ts";
import { silentInspector } from "./silent-inspector.ts";

let language: Language | undefined;
afterEach(() => language?.close());

function write(directory: string, files: { [name: string]: string | object }): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), typeof content === "string" ? content : JSON.stringify(content));
  }
}

/** The types of cells in a folder with these files; the notebook may lie in a folder below it. */
function project(files: { [name: string]: string | object }, below = ".") {
  const directory = mkdtempSync(join(tmpdir(), "lb-names-"));
  write(directory, { "lib/one.ts": "export const one = 1;", ...files });
  const place = notebookPlace(join(directory, below));
  language = new Language({ place, inspector: silentInspector, onTrouble: () => {} });
  return { directory, check: (cell: string) => language?.check(cell) };
}

/** What is wrong with a cell that takes the number of `one` for a text. */
const MISTAKE = [expect.stringContaining("Type 'number' is not assignable to type 'string'")];
const mistake = (specifier: string): string => `import { one } from "${specifier}"; const text: string = one; text;`;

test.each([
  ["a deno.json", { "deno.json": { imports: { lib: "./lib/one.ts", "@/": "./lib/" } } }, ["lib", "@/one.ts"]],
  ["a tsconfig.json", { "tsconfig.json": { compilerOptions: { paths: { "@/*": ["./lib/*"] } } } }, ["@/one"]],
  ["its baseUrl", { "tsconfig.json": { compilerOptions: { baseUrl: "." } } }, ["lib/one"]],
  ["a package.json", { "package.json": { name: "p", imports: { "#*": "./lib/*.ts" } } }, ["#one"]],
  [
    "both",
    {
      "deno.json": { imports: { lib: "./lib/one.ts" } },
      "tsconfig.json": { compilerOptions: { paths: { "@/*": ["./lib/*"] } } },
    },
    ["lib", "@/one"],
  ],
])("names of a project have types: %s", async (_what, files, specifiers) => {
  const { check } = project(files);
  for (const specifier of specifiers) expect(await check(mistake(specifier))).toEqual(MISTAKE);
});

test("so do those of folders above", async () => {
  const { check } = project(
    {
      "deno.json": { imports: { lib: "./lib/one.ts" } },
      "tsconfig.json": { compilerOptions: { paths: { "@/*": ["./lib/*"] }, strict: false } },
      "notebooks/empty.txt": "",
    },
    "notebooks",
  );
  expect(await check(mistake("lib"))).toEqual(MISTAKE);
  expect(await check(mistake("@/one"))).toEqual(MISTAKE);
  // Its other options are about the files of that project.
  expect(await check("const id = (x) => x; id(1);")).toEqual([expect.stringContaining("ts(7006)")]);
});

test("so do those that are written while the kernel runs", async () => {
  const { directory, check } = project({});
  expect(await check(mistake("lib"))).toEqual([]);
  write(directory, { "deno.json": { imports: { lib: "./lib/one.ts" } } });
  language?.filesChanged([join(directory, "deno.json")]);
  await vi.waitFor(async () => expect(await check(mistake("lib"))).toEqual(MISTAKE), { timeout: 5_000 });
  write(directory, { "tsconfig.json": { compilerOptions: { paths: { "@/*": ["./lib/*"] } } } });
  language?.filesChanged([join(directory, "tsconfig.json")]);
  await vi.waitFor(async () => expect(await check(mistake("@/one"))).toEqual(MISTAKE), { timeout: 5_000 });
});
