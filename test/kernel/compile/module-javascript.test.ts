import { describe, expect, test } from "vitest";
import { moduleToJavaScript } from "../../../kernel/compile/module-javascript.ts";
import { positionAt } from "../../../kernel/compile/positions.ts";

const compiled = (source: string, language: "ts" | "tsx" = "ts"): string =>
  moduleToJavaScript(source, { language }).code.trimEnd();

describe("a file", () => {
  test.each([
    ["loses its types", "export const a: number = 1", "export const a = 1;"],
    ["stays a module", 'export { a } from "m"', 'export { a } from "m";'],
    [
      "loses imports that are used as types only, however they are written",
      'import { T, a } from "m"; export const b: T = a',
      'import { a } from "m";\nexport const b = a;',
    ],
    ["loses an import of nothing but types", 'import { T } from "m"; export let b: T', "export let b;"],
    ["keeps an import for its effects", 'import "m"', 'import "m";'],
    [
      "has namespaces that change",
      "export namespace N { export let a = 1 }",
      "var N;\n((N2) => {\n  N2.a = 1;\n})(N || (N = {}));\nexport {\n  N\n};",
    ],
  ])("%s", (_what, source, code) => {
    expect(compiled(source)).toBe(code);
  });

  test("has namespaces that go on", () => {
    expect(compiled("namespace N { export let a = 1 } namespace N { a++ }")).toContain("N2.a++;");
  });

  test("may have decorators, and imports that only they use", () => {
    const code = compiled('import { log, T } from "m";\nexport class A { @log m(a: T) {} }');
    expect(code).toContain('import { log } from "m";');
    expect(code).toContain("__decorateElement(");
  });

  test("has JSX if its name says so: else <T>x is an assertion", () => {
    expect(compiled("export default <b />", "tsx")).toBe(
      'import { jsx as _jsx } from "react/jsx-runtime";\nexport default _jsx("b", {});',
    );
    expect(compiled("export default <T>b")).toBe("export default b;");
    expect(() => compiled("export default <b />")).toThrow(SyntaxError);
  });
});

describe("a place in a file", () => {
  test.each([
    ["that is stripped", "type T = 1;\nexport const a: T = boom()", { line: 2, column: 21 }],
    ["that needs the complete compiler", "@log class A {}\n\nexport const a: number = boom()", { line: 3, column: 26 }],
  ])("%s is found again", (_what, source, place) => {
    const { code, positions } = moduleToJavaScript(source, { language: "ts" });
    expect(positions(positionAt(code, code.indexOf("boom")))).toEqual(place);
  });

  test("that is no TypeScript is told", () => {
    expect(() => compiled("export const a = ;")).toThrow(
      expect.objectContaining({ position: { line: 1, column: 18 } }),
    );
  });
});
