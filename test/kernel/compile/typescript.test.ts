import { describe, expect, test } from "vitest";
import { isInstantiated, readTypeScript } from "../../../kernel/compile/typescript.ts";

const wayOf = (source: string, ...languages: ("ts" | "tsx")[]): string => {
  const { language, stripped } = readTypeScript(source, languages.length > 0 ? languages : ["ts", "tsx"]);
  return `${language} ${stripped ? "stripped" : "complete"}`;
};

describe("the fast stripper does", () => {
  test.each([
    ["types", "let a: number = 1"],
    ["enums", "enum E { A }"],
    ["a property of the name", "a.accessor = b.namespace"],
    ["mail addresses", "let a = 'a@b.c'"],
    ["namespaces of types alone", "namespace N { export interface I {} export namespace M { type T = 1 } }"],
    [
      "what is declared to be elsewhere",
      "declare namespace N { let a: 1 } declare global { var b: 1 } declare module 'm' { let c: 1 }",
    ],
  ])("%s", (_what, source) => {
    expect(wayOf(source)).toBe("ts stripped");
  });
});

describe("the complete compiler does", () => {
  test.each([
    ["decorators", "@a class B {}"],
    ["decorators deep inside", "f(() => class { @a b() {} })"],
    ["accessor", "class A { accessor b = 1 }"],
    ["namespaces", "namespace N { export let a = 1 }"],
    ["namespaces inside others", "namespace N { export namespace M { f() } }"],
    ["enums that are added to", "enum E { A } enum E { B = 1 }"],
  ])("%s", (_what, source) => {
    expect(wayOf(source)).toBe("ts complete");
  });
});

describe("code is read as TypeScript with JSX", () => {
  test("only where it is none without", () => {
    expect(wayOf("let a = <b>c</b>")).toBe("tsx stripped");
    expect(wayOf("let a = <b>c")).toBe("ts stripped");
  });

  test("only where that is allowed", () => {
    expect(() => wayOf("let a = <b>c</b>", "ts")).toThrow();
  });

  test("and its errors are those of the reading that came furthest", () => {
    expect(() => wayOf("let a = <b>c</b>;\nlet d = ;")).toThrow(
      expect.objectContaining({ position: { line: 2, column: 9 } }),
    );
  });
});

test("code that has no tag is not read as JSX, whatever is wrong with it", () => {
  // As JSX, all behind `<string>` would be the text of an element that is not closed.
  expect(() => wayOf("let a = <string>b;\nlet c = ;\nlet d")).toThrow(
    expect.objectContaining({ position: { line: 2, column: 9 } }),
  );
});

test("a namespace without a body is none", () => {
  const { program } = readTypeScript("declare module 'm';", ["ts"]);
  expect(program?.body.map(isInstantiated)).toEqual([false]);
});
