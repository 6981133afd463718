import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { Language } from "../../../kernel/language/language.ts";
import { notebookPlace } from "../../../kernel/modules/notebook-place.ts";
import { silentInspector } from "./silent-inspector.ts";

// The real server, started once; the running kernel knows nothing, so that every answer is the types'.
const directory = mkdtempSync(join(tmpdir(), "lb-language-"));
let language: Language;

beforeAll(async () => {
  writeFileSync(
    join(directory, "helper.ts"),
    "/** Twice. */\nexport function twice(n: number): number {\n  return n * 2;\n}\n",
  );
  mkdirSync(join(directory, "node_modules/typed"), { recursive: true });
  writeFileSync(
    join(directory, "node_modules/typed/package.json"),
    '{"name":"typed","types":"index.d.ts","main":"i.js"}',
  );
  writeFileSync(
    join(directory, "node_modules/typed/index.d.ts"),
    "export declare const fromPackage: { deep: string };",
  );
  language = new Language({ place: notebookPlace(directory), inspector: silentInspector, onTrouble: () => {} });
  await language.check("const started = true");
});

afterAll(() => language.close());

/** Completes where `|` stands. */
async function complete(marked: string) {
  const cursor = [...marked.slice(0, marked.indexOf("|"))].length;
  const { matches, cursor_start, cursor_end, metadata } = await language.complete(marked.replace("|", ""), cursor);
  return { matches, range: [cursor_start, cursor_end], types: metadata._jupyter_types_experimental };
}

const inspect = async (marked: string, detailLevel = 0) =>
  (await language.inspect(marked.replace("|", ""), [...marked.slice(0, marked.indexOf("|"))].length, detailLevel)).data;

const ran = async (...cells: string[]) => {
  for (const cell of cells) expect(await language.check(cell)).toEqual([]);
};

describe("completion", () => {
  test("of an array begins with its members as the server ranks them", async () => {
    await ran("const arr = [1, 2, 3]");
    const { matches, types } = await complete("arr.|");
    expect(matches.length).toBeGreaterThanOrEqual(35);
    expect(matches.indexOf("map")).toBeLessThan(matches.indexOf("at"));
    expect(types[0]).toMatchObject({ text: "length", type: "property", start: 4, end: 4 });
    // Signatures come with the answer only if the server is quick.
    await vi.waitFor(async () => {
      const push = (await complete("arr.|")).types.find(({ text }) => text === "push");
      expect(push?.signature).toBe("(method) Array<number>.push(...items: number[]): number");
    });
  });

  test("knows types that are named in the code itself", async () => {
    await ran("class Till { opened = true }");
    expect((await complete("let till: Till; till.|")).matches).toEqual(["opened"]);
  });

  test("counts in code points", async () => {
    expect(await complete("'😀'; const größe = 1; grö|")).toMatchObject({ matches: ["größe"], range: [22, 25] });
  });

  test("begins with what cells have declared, types too", async () => {
    await ran("interface Zebra { stripes: number }\nclass ZebraHerd { zebras: Zebra[] = [] }");
    expect(await complete("Zebr|")).toMatchObject({
      matches: ["ZebraHerd", "Zebra"],
      types: [{ type: "class" }, { type: "interface" }],
    });
    expect((await complete("new ZebraHerd().zebras[0].|")).matches).toEqual(["stripes"]);
  });

  test("of keywords, locals and imported modules", async () => {
    expect((await complete("awa|")).matches).toContain("await");
    expect((await complete("function fn(abcd: number) { abc| }")).matches).toEqual(["abcd"]);
    expect((await complete("import * as vm from 'vm'; vm.runIn|")).matches.toSorted()).toEqual([
      "runInContext",
      "runInNewContext",
      "runInThisContext",
    ]);
  });

  test("of names that have to be imported gives the import, before a statement as text", async () => {
    // At once, but on a machine that has no time.
    await expect
      .poll(async () => (await complete("gath|")).matches, { timeout: 8_000 })
      .toEqual(['import { gather } from "loopbook";\ngather']);
    expect(await complete("await gath|")).toMatchObject({
      matches: ["gather"],
      types: [{ import: 'import { gather } from "loopbook";' }],
    });
    expect((await complete("ga|")).matches).not.toContain("gather");
  });

  test("of paths and packages to import from", async () => {
    expect((await complete("import { twice } from './hel|'")).matches).toEqual(["helper.ts"]);
    expect((await complete("import x from 'typ|'")).matches).toEqual(["typed"]);
    expect((await complete("import x from 'node:timers/|")).matches).toContain("promises");
  });

  test("of keys in quotes and of members that may not be there", async () => {
    await ran("const record = { 'a b': 1, ab: 2 }; let perhaps: { inner: number } | undefined");
    expect(await complete("record['a|")).toMatchObject({ matches: ["a b", "ab"], range: [8, 9] });
    expect(await complete("perhaps.|")).toMatchObject({ matches: ["?.inner"], range: [7, 8] });
  });
});

describe("inspection", () => {
  test("tells of names of earlier cells as of any other", async () => {
    await ran(
      "class Account<T> { total?: T; add(n: T): this { return this } }\ninterface Rates { base: number }",
      "let mine = new Account<2>(); const open = (rates: Rates) => new Account<string>()",
    );
    expect((await inspect("mine|"))["text/plain"]).toBe("let mine: Account<2>");
    expect((await inspect("open|"))["text/plain"]).toBe("const open: (rates: Rates) => Account<string>");
    expect((await inspect("open(|"))["text/plain"]).toBe("open(rates: Rates): Account<string>");
    expect((await inspect("mine.ad|d"))["text/plain"]).toBe("(method) Account<2>.add(n: 2): Account<2>");
  });

  test("of a type, alone in its cell or in an annotation", async () => {
    await ran("interface Rate { base: number }\ntype Rates = Map<string, Rate>");
    expect((await inspect("Rate|"))["text/plain"]).toBe("interface Rate");
    expect((await inspect("let all: Rat|es"))["text/plain"]).toBe("type Rates = Map<string, Rate>");
  });

  test("of a method shows its documentation in three ways", async () => {
    const data = await inspect("let s = 'abc'; s.inde|xOf('b');");
    expect(data["text/plain"]).toMatch(
      /^\(method\) String\.indexOf\(searchString: string, position\?: number\): number\n\nReturns/,
    );
    expect(data["text/markdown"]).toMatch(/^```typescript\n\(method\) String\.indexOf/);
    expect(data["text/html"]).toMatch(/^<pre><code class="language-typescript">\(method\) String\.indexOf/);
  });

  test("of arguments shows what is told of each", async () => {
    await ran("/**\n * Scales.\n * @param by **how much**\n */\nfunction scale(what: number, by: number) {}");
    expect((await inspect("scale(1, |"))["text/markdown"]).toBe(
      "```typescript\nscale(what: number, by: number): void\n```\n\nScales.\n\n*@param* `by` — **how much**",
    );
  });

  test("of arguments shows the signatures of what is called", async () => {
    await ran(
      "function add(a: number, b: number): number\nfunction add(a: string, b: string): string\nfunction add(a: any, b: any) { return a + b }",
    );
    expect((await inspect("add(1, |"))["text/plain"]).toBe(
      "add(a: number, b: number): number\nadd(a: string, b: string): string",
    );
  });

  test("at detail level 1 shows the source, of cells and of files", async () => {
    await ran("/** Half. */\nconst half = (n: number) => {\n  return n / 2;\n};");
    expect((await inspect("half|", 1))["text/plain"]).toBe(
      "const half: (n: number) => number\n\nHalf.\n\nconst half = (n: number) => {\n  return n / 2;\n};",
    );
    expect((await inspect("import { twice } from './helper.ts'; twice|", 1))["text/plain"]).toContain("return n * 2;");
  });

  test("of nothing", async () => {
    expect((await language.inspect("class", 5, 0)).found).toBe(false);
    expect((await language.inspect("", 0, 0)).found).toBe(false);
  });
});

describe("type errors", () => {
  const errors = async (code: string) => (await language.check(code)).map((error) => error.split("\n", 1)[0]);

  test("name their line and mark their place", async () => {
    expect(await language.check("\n  const n: number = 'x';")).toEqual([
      "line 2: Type 'string' is not assignable to type 'number'. ts(2322)\n      const n: number = 'x';\n            ^\n",
    ]);
  });

  test("has no lecture on what a server sends", async () => {
    expect(
      await errors("const sent = await (await fetch('http://localhost/')).json(); sent.items.map(String)"),
    ).toEqual([]);
    expect(await errors("(await fetch('http://localhost/')).jason()")).toEqual([expect.stringContaining("ts(2551)")]);
  });

  test("see what earlier cells declared: values, types, classes, enums, generics, imports", async () => {
    await ran(
      "import { twice } from './helper.ts';\nimport { fromPackage } from 'typed';\nimport fs from 'node:fs'",
      "interface Point { x: number }\nenum Color { Red, Green }\ntype Pair<T> = [T, T]\nclass Box<T> { constructor(readonly value: T) {} }",
      "const origin: Point = { x: twice(2) }\nconst pair: Pair<Color> = [Color.Red, Color.Green]\nfs.existsSync(fromPackage.deep)",
    );
    expect(await errors("origin.x = 'a'; const box: Box<string> = new Box(1)")).toEqual([
      "line 1: Type 'string' is not assignable to type 'number'. ts(2322)",
      expect.stringContaining("ts(2322)"),
    ]);
    expect(await errors("twice('a')")).toEqual([expect.stringContaining("ts(2345)")]);
  });

  test("a variable of an earlier cell stays assignable, a constant does not", async () => {
    await ran("let count: number | string = 1; const fixed = 2", "count = 'many'; count.length");
    expect(await errors("count = true; fixed = 3")).toEqual([
      "line 1: Type 'boolean' is not assignable to type 'string | number'. ts(2322)",
      "line 1: Cannot assign to 'fixed' because it is a constant. ts(2588)",
    ]);
  });

  test("the last declaration of a name wins, and what used the one before is not affected", async () => {
    await ran(
      "const thing = 1; const timesTwo = () => thing * 2",
      "const thing = 'text'",
      "thing.length; timesTwo().toFixed()",
    );
    await ran("function thing() { return [1] }", "thing()[0]?.toFixed()", "class thing {}", "new thing()");
  });

  test("a value of a class that was declared again is told apart from the new ones", async () => {
    await ran("class Twin { x = 1 }", "const older = new Twin()", "class Twin { y = '' }");
    expect(await errors("const newer: Twin = older")).toEqual([
      "line 1: Property 'y' is missing in type 'Twin' but required in type 'Twin'. (Twin: declared again by another cell.) ts(2741)",
    ]);
  });

  test("nothing has to be installed or imported for what the kernel has", async () => {
    await ran(
      "import { gather, sleep } from 'loopbook'",
      "await gather(sleep(0))\nprocess.exit; Buffer.from(''); await fetch('x'); __dirname; require('x'); import.meta.main",
      "await display(1, { id: 'x' }); const answer: string | null = prompt('?'); await input('?'); alert(1); confirm('?')",
    );
  });

  test("top-level await, exports, unused names, missing modules and new globals are no errors", async () => {
    await ran(
      "for await (const x of [Promise.resolve(1)]) { const unused = 1 }",
      "export const shown = 1; export default function main() {}",
      "import nothing from 'not-installed'",
      "globalThis.made = 1; (globalThis as any).more = 2",
      "function forLater() { return 1 }\n{ a: 1 }",
    );
    await ran("shown + forLater(); main()");
  });

  test("refused cells declare nothing", async () => {
    expect(await language.check("const refusedName: number = 'a'", { refuseErrors: true })).toHaveLength(1);
    expect(await errors("refusedName")).toEqual(["line 1: Cannot find name 'refusedName'. ts(2304)"]);
    expect(await language.check("const acceptedName = 'a'", { refuseErrors: true })).toEqual([]);
    await ran("acceptedName.length");
  });

  test("code that does not parse is left to the compiler", async () => {
    await ran("const = 1", "if (");
  });
});
