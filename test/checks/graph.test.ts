import { describe, expect, test } from "vitest";
import { circlesOf, floorsOf, importGraph } from "../../checks/graph.ts";

describe("the graph of imports", () => {
  test("knows the files by their paths, and the package by its own names", () => {
    const graph = importGraph(
      new Map([
        ["runtime/index.ts", ""],
        ["kernel/io/start.ts", 'import "../log.ts";\nimport "zod";\nimport "node:fs";\nimport "./gone.ts";'],
        ["kernel/log.ts", 'import "loopbook";'],
      ]),
      new Map([["loopbook", "runtime/index.ts"]]),
    );
    expect(graph.get("kernel/io/start.ts")).toEqual(["kernel/log.ts"]);
    expect(graph.get("kernel/log.ts")).toEqual(["runtime/index.ts"]);
  });
});

describe("circles", () => {
  test("are those who reach each other, not those who lead there", () => {
    const graph = new Map([
      ["start", ["b"]],
      ["a", ["b", "end"]],
      ["b", ["c"]],
      ["c", ["a", "end"]],
      ["end", []],
    ]);
    expect(circlesOf(graph)).toEqual([["a", "b", "c"]]);
  });

  test("are counted each", () => {
    const graph = new Map([
      ["a", ["b"]],
      ["b", ["a", "c"]],
      ["c", ["d"]],
      ["d", ["c"]],
    ]);
    expect(circlesOf(graph)).toHaveLength(2);
  });

  test("may be of one, which imports itself", () => {
    expect(circlesOf(new Map([["a", ["a"]]]))).toEqual([["a"]]);
  });

  test("are none where two ways lead to the same", () => {
    const graph = new Map([
      ["a", ["b", "c"]],
      ["b", ["d"]],
      ["c", ["d"]],
      ["d", []],
    ]);
    expect(circlesOf(graph)).toEqual([]);
  });
});

test("floors are counted along the longest way down", () => {
  const graph = new Map([
    ["roof", ["ground", "first"]],
    ["first", ["ground"]],
    ["ground", []],
    ["shed", []],
  ]);
  expect(floorsOf(graph)).toBe(3);
});
