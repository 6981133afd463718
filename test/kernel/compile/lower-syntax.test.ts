import { describe, expect, test } from "vitest";
import { type LowerOptions, lowerSyntax, lowerSyntaxSync } from "../../../kernel/compile/lower-syntax.ts";

const lowered = (source: string, options: Partial<LowerOptions> = {}) =>
  lowerSyntax(source, { language: "ts", ...options });

describe("the complete compiler", () => {
  test.each([
    [
      "turns `accessor` into what it stands for",
      "class A { accessor b = 1 }",
      "class A {\n  #b = 1;\n  get b() {\n    return this.#b;\n  }\n  set b(_) {\n    this.#b = _;\n  }\n}\n",
    ],
    [
      "makes names of a namespace properties of it",
      "namespace N { export let a = 1; a++ }",
      "var N;\n((N2) => {\n  N2.a = 1;\n  N2.a++;\n})(N || (N = {}));\n",
    ],
    ["leaves syntax that V8 knows", "using a = b;\nlet c = d?.e ?? f;\n", "using a = b;\nlet c = d?.e ?? f;\n"],
    ["leaves imports that nothing uses", 'import { a } from "m";\n', 'import { a } from "m";\n'],
  ])("%s", async (_what, source, code) => {
    expect((await lowered(source)).code).toBe(code);
  });

  test("leaves out imports that nothing uses where that is asked for", async () => {
    expect((await lowered('import { a } from "m"', { dropUnusedImports: true })).code).toBe("");
  });

  test("calls decorators as the standard says, or as TypeScript did before", async () => {
    const source = "class A { @d m() {} }";
    expect((await lowered(source)).code).toContain("__decorateElement(");
    expect((await lowered(source, { experimentalDecorators: true })).code).toContain("__decorateClass(");
  });

  test("does the same at once where nobody can wait", async () => {
    const source = "@d class A {}";
    expect(lowerSyntaxSync(source, { language: "ts" }).code).toBe((await lowered(source)).code);
  });

  test("tells the place of an error in UTF-16 units", async () => {
    await expect(lowered("let s = 'é😀'; let a = ;")).rejects.toMatchObject({
      name: "SyntaxError",
      position: { line: 1, column: 24 },
    });
    expect(() => lowerSyntaxSync("let a = ;", { language: "ts" })).toThrow(SyntaxError);
  });
});
