import { describe, expect, test } from "vitest";
import {
  cellDeclarations,
  type DeclaredName,
  namesBeingDeclared,
} from "../../../../kernel/language/scope/declared-names.ts";
import { NotebookScope } from "../../../../kernel/language/scope/notebook-scope.ts";
import { describeTypeErrors, typeErrors } from "../../../../kernel/language/typed/type-errors.ts";

describe("declared names", () => {
  const brief = async (code: string) =>
    (await cellDeclarations(code))?.names.map(({ name, kind }) => `${kind} ${name}`);

  test.each([
    ["let a = 1, b; const { c, d: [e] } = x; var f", ["let a", "let b", "const c", "const e", "let f"]],
    ["for (var i = 0; i < 3; i++) { var inside; let not = 1 }", ["let i", "let inside"]],
    ["function f() { var not }; async function* g() {}; class C { not() {} }", ["function f", "function g", "class C"]],
    ["enum E { A }; interface I {}; type T = 1; namespace N {}", ["enum E", "interface I", "type T", "namespace N"]],
    ["import a, { b as c, type D } from 'x'; import * as e from 'y'", ["import a", "import c", "import D", "import e"]],
    ["declare global { var not: 1 }; declare const d: 1; 1 + 1", ["const d"]],
    ["export const x = 1; export default class Y {}; export { x as z }", ["const x", "class Y", "const z"]],
  ])("of %s", async (code, names) => {
    expect(await brief(code)).toEqual(names);
  });

  test("of what does not parse are not known", async () => {
    expect(await cellDeclarations("const = 1")).toBeUndefined();
  });

  test.each([
    ["const a = 1; a.", ["a"]],
    ["let a = [1], b = 2; foo(", ["a", "b"]],
    ["const { x, y: z } = some.", ["x", "y", "z"]],
    ["function f(a) { let inner = ", ["f"]],
    ["import { a } from 'x'; other.", ["a"]],
    ["class Box { put() { this.", ["Box"]],
    ["let a: Map<some, other>, b: (x: inner) => foo; ", ["a", "b"]],
  ])("of unfinished %s", (code, names) => {
    expect([...namesBeingDeclared(code)]).toEqual(expect.arrayContaining(names));
    for (const not of ["inner", "some", "other", "foo"]) expect(namesBeingDeclared(code)).not.toContain(not);
  });
});

describe("the scope of a notebook", () => {
  const names = (text: string): DeclaredName[] =>
    text.split(" ").map((name) => ({ name, kind: name.startsWith("let_") ? "let" : "const", exported: false }));
  const scopeOf = (...cells: [code: string, declared: string][]) => {
    const scope = new NotebookScope("/notebook");
    const dropped = cells.map(([code, declared], i) =>
      scope.add(scope.module(`cell_${i + 1}.ts`, code, names(declared))).map(({ file }) => file),
    );
    return { scope, dropped };
  };

  test("gives code what it mentions, from where it was declared last", () => {
    const { scope } = scopeOf(["", "a b"], ["", "a"]);
    const module = scope.module("cell_3.ts", "a + b + c", names("c"));
    scope.add(module);
    expect(scope.moduleText(module)).toBe(
      'import { a } from "./__loopbook_cell_2.ts"; import { b } from "./__loopbook_cell_1.ts";\na + b + c\nexport { c };\n',
    );
  });

  test("lets variables be assigned", () => {
    const { scope } = scopeOf(["", "let_n"]);
    const declared = "import { let_n as __loopbook_let_n }";
    expect(scope.moduleText(scope.module("cell_2.ts", "let_n = 1", []))).toBe(
      `${declared} from "./__loopbook_cell_1.ts"; declare let let_n: typeof __loopbook_let_n;\nlet_n = 1\nexport {  };\n`,
    );
    expect(scope.draft("let_n = 1", []).text).toContain(`${declared} from "./__loopbook_scope.ts"; declare let let_n`);
  });

  test("does not bring in what the code declares itself", () => {
    const { scope } = scopeOf(["", "a"]);
    const module = scope.module("cell_2.ts", "const a = 1", names("a"));
    scope.add(module);
    expect(scope.moduleText(module)).toBe("\nconst a = 1\nexport { a };\n");
  });

  test("exports of an older cell only what is imported from it, from the time that it is", () => {
    const cells = Array.from({ length: 12 }, (_, i): [string, string] => ["", `used_${i} unused_${i}`]);
    const { scope } = scopeOf(...cells, ["used_0", "last"]);
    const [oldest] = scope.modules;
    if (!oldest) throw new Error("no module");
    expect(scope.moduleText(oldest)).toBe("\n\nexport { used_0 };\n");
    scope.update([...scope.modules]);
    expect(scope.draft("used_0 + last", []).needs).toEqual([]);
    const { needs } = scope.draft("used_1", []);
    const from = '"./__loopbook_cell_2.ts"';
    expect(scope.update(needs)).toEqual([
      { file: "scope.ts", text: expect.stringContaining(`export { used_1 } from ${from};`) },
      { file: "cell_2.ts", text: "\n\nexport { used_1 };\n" },
    ]);
  });

  test("keeps every open document in the project: what exports nothing is imported for nothing", () => {
    const cells = Array.from({ length: 9 }, (_, i): [string, string] => ["", `name_${i}`]);
    const { scope } = scopeOf(...cells);
    scope.update([...scope.modules]);
    const text = scope.scopeText(["cell_2.ts", "cell_10.ts"]);
    expect(text).toContain('export { name_1 } from "./__loopbook_cell_2.ts";');
    expect(text.split("\n").filter((line) => line.startsWith("import"))).toEqual([
      'import "./__loopbook_cell_1.ts";',
      'import "./__loopbook_cell_10.ts";',
    ]);
  });

  test("has only the documents changed that code needs, with all that they import", () => {
    const { scope } = scopeOf(["", "a"], ["", "unrelated"], ["a", "b"], ["b", "c"]);
    expect(scope.update(scope.draft("b", []).needs).map(({ file }) => file)).toEqual([
      "scope.ts",
      "cell_1.ts",
      "cell_3.ts",
    ]);
    expect(scope.scopeText()).not.toContain("unrelated");
    expect(scope.outdated?.file).toBe("cell_2.ts");
  });

  test("drops a cell once nobody can reach its names, not before", () => {
    expect(scopeOf(["", "a"], ["a", "b"], ["", "a"], ["", "b"]).dropped).toEqual([
      [],
      [],
      [],
      ["cell_2.ts", "cell_1.ts"],
    ]);
  });
});

describe("type errors as text", () => {
  const at = (line: number, start: number, end: number, code: number, severity = 1, message = "Wrong.") => ({
    range: { start: { line, character: start }, end: { line, character: end } },
    severity,
    code,
    message,
  });

  test("leaves out hints, generated lines, and what running the cell says better", () => {
    const found = [at(1, 0, 1, 6133, 4), at(0, 0, 1, 2322), at(3, 0, 1, 2322), at(1, 0, 1, 2307), at(1, 0, 1, 6133)];
    expect(typeErrors("code", found)).toEqual([]);
  });

  test("keeps tabs and wide characters in line", () => {
    const code = "\tf('😀', bad)";
    const errors = typeErrors(code, [at(1, 9, 12, 2345)]);
    expect(describeTypeErrors(code, errors)).toEqual([`line 1: Wrong. ts(2345)\n    ${code}\n    \t       ^^^\n`]);
  });

  test("says how many more there are", () => {
    const errors = typeErrors("x", Array(12).fill(at(1, 0, 1, 2322)));
    expect(describeTypeErrors("x", errors)).toHaveLength(10);
    expect(describeTypeErrors("x", errors).at(-1)).toMatch(/… and 2 more type errors\n$/);
  });
});
