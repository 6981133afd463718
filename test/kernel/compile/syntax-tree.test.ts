import { parseSync } from "oxc-parser";
import { describe, expect, test } from "vitest";
import {
  boundNames,
  childrenOf,
  declaredNames,
  lexicalNames,
  type Node,
  varDeclarations,
} from "../../../kernel/compile/syntax-tree.ts";

const parsed = (code: string) => parseSync("cell.js", code).program;

function* descendants(node: Node): Generator<Node> {
  for (const child of childrenOf(node)) {
    yield child;
    yield* descendants(child);
  }
}

test("children come in the order in which they are written", () => {
  const code = "for (const [a, b = 1] of c(d, ...e)) if (f) class g extends h { [i]() {} static { j } }";
  const starts = [...descendants(parsed(code))].filter(({ type }) => type === "Identifier").map(({ start }) => start);
  expect(starts.map((start) => code[start]).join("")).toBe("abcdefghij");
});

describe("names", () => {
  test.each([
    ["a", "a"],
    ["{ a, b: c, ['d']: e = f }", "a c e"],
    ["[a, , [b], ...c]", "a b c"],
    ["{ a: { b: [c] }, ...d }", "c d"],
    ["{}", ""],
  ])("of the pattern %s", (pattern, names) => {
    const [declaration] = parsed(`let ${pattern} = o`).body;
    if (declaration?.type !== "VariableDeclaration") throw new Error("no declaration");
    expect([...declaredNames(declaration)].join(" ")).toBe(names);
    const [target] = declaration.declarations;
    expect(target && [...boundNames(target.id)].join(" ")).toBe(names);
  });

  test.each([
    ["var a; if (x) { var b; for (var c of y) try {} catch { var d } }", "a b c d"],
    ["function f() { var no } (() => { var no })(); class A { static { var no } m() { var no } }", ""],
    ["let no; const no2 = 1", ""],
    ["label: var a; switch (x) { case 1: var b }", "a b"],
  ])("that var declares in %s", (code, names) => {
    expect([...varDeclarations(parsed(code))].flatMap((each) => [...declaredNames(each)]).join(" ")).toBe(names);
  });

  test.each([
    ["let a, [b] = c; const d = 1; using e = f", "a b d e"],
    ["class A {} function f() {} var no; { let no2 }", "A f"],
  ])("that a block declares for itself: %s", (code, names) => {
    expect([...lexicalNames(parsed(code).body)].join(" ")).toBe(names);
  });
});
