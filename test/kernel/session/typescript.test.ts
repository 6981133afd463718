import { afterAll, describe, expect, test } from "vitest";
import { SessionProcess } from "./session-process.ts";

const session = new SessionProcess();
afterAll(() => session[Symbol.dispose]());

/** Runs cells one after another; what the last has shown. */
async function last(...cells: string[]): Promise<string> {
  let text = "";
  for (const cell of cells) ({ text } = await session.run(cell));
  return text;
}

describe("var", () => {
  test("of a name that has a value keeps it, in whatever way it was declared", async () => {
    expect(await last("var kept = { n: 1 }", "var kept; kept.n")).toBe("1");
    expect(await last("let keptLet = 2", "var keptLet; keptLet")).toBe("2");
    expect(await last("function keptFunction() {}", "var keptFunction, keptNew; [keptFunction.name, keptNew]")).toBe(
      "[ 'keptFunction', undefined ]",
    );
  });

  test("with a default of its own keeps what is there, as scripts for browsers expect", async () => {
    const cell = "var App = App || { starts: 0 }; App.starts++; App.starts";
    expect(await last(cell, cell, cell)).toBe("3");
  });

  test("of a name that a failed cell never came to has no value", async () => {
    await last("throw new Error('before'); let neverReached = 1");
    expect(await last("var neverReached; String(neverReached)")).toBe("'undefined'");
  });

  test("is still seen by closures of the cell that declared it first", async () => {
    expect(await last("var seen = 1; const getSeen = () => seen", "var seen; seen = 5", "getSeen()")).toBe("5");
  });
});

describe("a constant", () => {
  test.each([
    ["=", "fixed = 2"],
    ["+=", "fixed += 2"],
    ["++", "fixed++"],
    ["a pattern", "[fixed] = [2]"],
    ["a pattern with a default", "({ fixed = 2 } = {})"],
    ["the rest of a pattern", "({ ...fixed } = { a: 1 })"],
    ["for…of", "for (fixed of [2]) ;"],
    ["for…in", "for (fixed in { a: 1 }) ;"],
    ["??= where it would assign", "nothing ??= 2", "nothing"],
  ])("cannot be assigned to by %s, nor loses its value", async (_what, assignment, name = "fixed") => {
    await last("const fixed = 1, nothing = undefined");
    expect(await last(assignment)).toContain("TypeError: Assignment to constant variable.");
    expect(await last(`String(${name})`)).toBe(name === "fixed" ? "'1'" : "'undefined'");
  });

  test("is guarded where the assignment comes to it, not before", async () => {
    await last("const end = 0; let begin = 0; let after = 0");
    expect(await last("[begin, end, after] = [1, 2, 3]")).toContain("TypeError");
    expect(await last("[begin, end, after]")).toBe("[ 1, 0, 0 ]");
  });

  test("may stand where nothing is assigned", async () => {
    expect(await last("const truthy = 1", "truthy ||= 2; truthy ??= 3; for (truthy of []) ; truthy")).toBe("1");
  });
});

describe("a cell that is one block", () => {
  test.each([
    ["its last expression", "{ const t = 2; t * 21 }", "42"],
    ["the branch that was taken", "{ if (1 > 2) { 'no' } else { 'yes' } }", "'yes'"],
    ["a loop's last turn", "{ for (const i of [1, 2, 3]) { i * i } }", "9"],
    ["what an await gives", "{ const a = Promise.resolve(5); await a }", "5"],
    ["what caught an error", "{ try { throw 1 } catch (e) { e + 1 } finally { 0 } }", "2"],
    ["nothing where it ends with nothing", "{ 5; if (false) { 6 } }", ""],
    ["a function without giving it a name", "{ (() => {}) }", "[Function (anonymous)]"],
  ])("shows %s", async (_what, cell, shown) => {
    expect(await last(cell)).toBe(shown);
  });

  test("is no object with a method `if` or `switch`", async () => {
    expect(await last("// a comment\n{\n  if (true) {\n    console.log('ran')\n  }\n}\n// another")).toBe("ran\n");
    expect(await last("{ switch (1) { case 1: console.log('switched') } }")).toBe("switched\n");
  });
});

describe("a namespace", () => {
  test("exports what changes", async () => {
    expect(await last("namespace Count { export let n = 0; export function up() { n++ } }\nCount.up(); Count.n")).toBe(
      "1",
    );
    expect(await last("Count.n = 10; Count.up(); Count.n")).toBe("11");
  });

  test("goes on in a later cell, which sees what it has", async () => {
    await last("namespace Open { export const a = 1; export let changing = 1 }");
    expect(
      await last("namespace Open { changing++; export const b = a + changing }\n[Open.a, Open.b, Open.changing]"),
    ).toBe("[ 1, 3, 2 ]");
    expect(await last("namespace Open.Inner { export const c = b * 2 }\nOpen.Inner.c")).toBe("6");
    expect(await last("namespace Open.Inner { export const d = c + a }\nOpen.Inner")).toBe("{ c: 6, d: 7 }");
  });

  test("adds to a class and a function of earlier cells", async () => {
    expect(
      await last(
        "class Album {}",
        "namespace Album { export const tracks = 3 }\nAlbum.tracks + new Album().constructor.name",
      ),
    ).toBe("'3Album'");
  });
});

describe("syntax that V8 does not run yet, or the fast stripper does not know", () => {
  test.each([
    ["accessor", "class A { accessor v = 1; static accessor w = 2 }\n[new A().v, A.w]", "[ 1, 2 ]"],
    [
      "a decorated accessor",
      "const twice = (t: any, c: any) => ({ init: (v: number) => v * 2 })\nclass B { @twice accessor v = 4 }\nnew B().v",
      "8",
    ],
    ["an enum that goes on", "enum Way { Up = 1 } enum Way { Down = 2 }\n[Way.Up, Way[2]]", "[ 1, 'Down' ]"],
    [
      "a pattern of a namespace",
      "namespace P { export const { x, y: [z] } = { x: 1, y: [2] } }\n[P.x, P.z]",
      "[ 1, 2 ]",
    ],
    ["an alias of a namespace", "namespace Q { export const v = 1 }\nimport q = Q.v; q", "1"],
    ["a shebang", "#!/usr/bin/env node\n'after'", "'after'"],
    [
      "a value behind an export of a decorated class",
      "export @((c: any, x: any) => c) class C {}\nexport const e = 3; e * 2",
      "6",
    ],
  ])("runs: %s", async (_what, cell, shown) => {
    expect(await last(cell)).toBe(shown);
  });

  test("says what is wrong in the user's code, in it", async () => {
    expect(await last("class A { accessor v = ; }")).toMatch(
      /SyntaxError: Unexpected ';'[^\n]*\n {4}Cell \[\d+\], line 1:24/,
    );
  });
});

test("commas part expressions, the last of which is the value", async () => {
  expect(await last("1, 2, 3")).toBe("3");
  expect(await last("(console.log('first'), 42)")).toBe("first\n42");
});
