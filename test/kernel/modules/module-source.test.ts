import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { positionAt } from "../../../kernel/compile/positions.ts";
import { javaScriptModule, typeScriptModule } from "../../../kernel/modules/module-source.ts";

const folder = mkdtempSync(join(tmpdir(), "lb-source-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe("a file is run", () => {
  test.each([
    ["without its types", "a.ts", "export const a: number = 1", "export const a = 1;"],
    [
      "without imports of types, however they are written",
      "b.ts",
      'import { T } from "./t"; export let b: T',
      "export let b;",
    ],
    [
      "with its JSX as calls",
      "c.tsx",
      "export default <b />",
      'import { jsx as _jsx } from "react/jsx-runtime";\nexport default _jsx("b", {});',
    ],
    [
      "with all its imports, where it is JavaScript with JSX",
      "d.jsx",
      'import { a } from "m"',
      'import { a } from "m";',
    ],
  ])("%s", (_what, name, text, code) => {
    expect(typeScriptModule(write(name, text)).code.trimEnd()).toBe(code);
  });

  test("as it was written, where it is JavaScript", () => {
    const { code, source } = javaScriptModule(write("e.js", "export const a = 1"));
    expect([code, source]).toEqual(["export const a = 1", "export const a = 1"]);
  });

  test("with the decorators and the JSX of the tsconfig.json beside it", () => {
    const compilerOptions = { experimentalDecorators: true, jsx: "react", jsxFactory: "h" };
    write("tsconfig.json", JSON.stringify({ compilerOptions }));
    expect(typeScriptModule(write("f.ts", "@d export class A {}")).code).toContain("__decorateClass(");
    expect(typeScriptModule(write("g.tsx", "export default <b />")).code).toContain('h("b", null)');
    rmSync(join(folder, "tsconfig.json"));
  });
});

test("a place in what runs is one in what was written", () => {
  const { code, positions } = typeScriptModule(write("h.ts", "interface I {}\n\nexport const a: I = boom()"));
  expect(positions(positionAt(code, code.indexOf("boom")))).toEqual({ line: 3, column: 21 });
});

test("a syntax error names the file, and has its text", () => {
  const path = write("i.ts", "export const a = ;");
  expect(() => typeScriptModule(path)).toThrow(
    expect.objectContaining({ file: { name: path, source: "export const a = ;" }, position: { line: 1, column: 18 } }),
  );
});
