import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Language } from "../../../kernel/language/language.ts";
import { notebookPlace } from "../../../kernel/modules/notebook-place.ts";
import { silentInspector } from "./silent-inspector.ts";

const directory = mkdtempSync(join(tmpdir(), "lb-jsx-"));
let language: Language;

beforeAll(() => {
  // A package with types for JSX, and nothing else.
  mkdirSync(join(directory, "node_modules/tiny"), { recursive: true });
  writeFileSync(join(directory, "node_modules/tiny/package.json"), '{"name":"tiny"}');
  writeFileSync(
    join(directory, "node_modules/tiny/jsx-runtime.d.ts"),
    "export namespace JSX { interface Element { tag: string } interface IntrinsicElements { b: { title?: string } } }\n",
  );
  language = new Language({ place: notebookPlace(directory), inspector: silentInspector, onTrouble: () => {} });
});

afterAll(() => {
  language.close();
  rmSync(directory, { recursive: true, force: true });
});

const errors = async (cell: string): Promise<string> => (await language.check(cell)).join("");

test("JSX is no type error, though no package has types for it", async () => {
  expect(await errors("const el = <b title='x'>hi</b>\nel")).toBe("");
});

test("what a cell with JSX declares is known to others, with and without JSX", async () => {
  expect(await errors("const Item = (p: { n: number }) => <b>{p.n}</b>\nconst count = 3")).toBe("");
  expect(await errors("count.toFixed(); Item({ n: 1 })")).toBe("");
  expect(await errors("const list = <Item n={count} />")).toBe("");
  expect(await errors("Item({ n: 'x' })")).toContain("ts(2322)");
});

test("JSX is checked where a package has types for it", async () => {
  const pragma = "/** @jsxImportSource tiny */\n";
  expect(await errors(`${pragma}const a = <b title="x" />; a.tag`)).toBe("");
  expect(await errors(`${pragma}const b = <b title={1} />`)).toContain("line 2: Type 'number' is not assignable");
});

test("names are completed in JSX", async () => {
  await errors("const completedName = 1");
  const code = "const el = <b>{completedN</b>";
  const { matches } = await language.complete(code, code.indexOf("</b>"));
  expect(matches).toContain("completedName");
});
