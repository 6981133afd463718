// The cases that tslab is tested by, asked of the running kernel over the protocol.

import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { KernelUnderTest } from "./kernel-process.ts";

const PATIENCE = { timeout: 8_000 };

let kernel: KernelUnderTest;

beforeAll(async () => {
  kernel = await KernelUnderTest.start();
  // Types answer from the moment that their server has been started.
  const answers = async () => expect((await kernel.complete("const n = 1; n.toFi|")).matches).toEqual(["toFixed"]);
  await vi.waitFor(answers, PATIENCE);
});
afterAll(() => kernel?.[Symbol.asyncDispose]());

describe("complete_request", () => {
  const V = "let v = { abc: 'hello', xyz: 10 }; ";
  const TYPED = "let v: { alpha: string, beta: number } = ";

  test.each<[string, string, string[], [number, number]]>([
    ["members", `${V}v.|`, ["abc", "xyz"], [37, 37]],
    ["members that begin with what is written", `${V}v.ab|`, ["abc"], [37, 39]],
    ["members, in place of what stands behind the cursor", `${V}v.|ab`, ["abc"], [37, 39]],
    ["members, in place of what stands around the cursor", `${V}v.a|b`, ["abc"], [37, 39]],
    ["no members where none fits", `${V}v.qwerty|`, [], [43, 43]],
    ["no members of any", "let x: any = 10; x.|", [], [19, 19]],
    ["no members of any that begin with what is written", "let x: any = 10; x.abc|", [], [22, 22]],
    ["keys of an object literal", `${TYPED}{|};`, ["alpha", "beta"], [42, 42]],
    ["keys that an object literal does not have yet", `${TYPED}{alpha: 'hello', |}`, ["beta"], [58, 58]],
    ["keys that begin with what is written", `${TYPED}{al|}`, ["alpha"], [42, 44]],
    ["keys, in place of what stands behind the cursor", `${TYPED}{|al}`, ["alpha"], [42, 44]],
    ["keys, in place of what stands around the cursor", `${TYPED}{a|l}`, ["alpha"], [42, 44]],
    ["globals that begin with what is written", "setTi|", ["setTimeout"], [0, 5]],
    ["globals, in place of what stands behind the cursor", "|setTi", ["setTimeout"], [0, 5]],
    ["globals, in place of what stands around the cursor", "setTim|eo", ["setTimeout"], [0, 8]],
    ["nothing in a string", "let v = '|'", [], [9, 9]],
    ["nothing in a string that is still open", "let v = '|", [], [9, 9]],
    ["nothing in a comment", "/* | */", [], [3, 3]],
  ])("offers %s", async (_, code, matches, range) => {
    expect(await kernel.complete(code)).toEqual({ matches, range });
  });

  test("offers what is written in the same case, then in another, then what has it inside", async () => {
    const { matches } = await kernel.complete(
      "let v = { bxy: true, axy: '', cxy: 3.4, dXY: false, xyz: 10, XYZ: 30, not: 1 }; v.XY|",
    );
    expect(matches.slice(0, 2)).toEqual(["XYZ", "xyz"]);
    expect(matches.slice(2).toSorted()).toEqual(["axy", "bxy", "cxy", "dXY"]);
  });

  test("offers the members of an imported module", async () => {
    const { matches } = await kernel.complete('import * as vm from "vm"; vm.|');
    expect(matches).toEqual(
      expect.arrayContaining(["compileFunction", "createContext", "isContext", "runInContext", "Script"]),
    );
  });

  test("offers all globals where nothing is written", async () => {
    const { matches, range } = await kernel.complete("|");
    expect(matches).toEqual(expect.arrayContaining(["AbortController", "__dirname", "console", "structuredClone"]));
    expect(range).toEqual([0, 0]);
  });

  test("offers what cells have declared before any global", async () => {
    await kernel.run("let oldval = 10");
    const { matches } = await kernel.complete("let newval = 10; |");
    expect(matches.slice(0, 2).toSorted()).toEqual(["newval", "oldval"]);
  });

  test("offers the members of a literal type first", async () => {
    await kernel.run("let declaredBefore = 1");
    await kernel.run("type Version = 'cupcake' | 'donut'");
    const { matches } = await kernel.complete("let v: Version = |");
    expect(matches.slice(0, 2)).toEqual(['"cupcake"', '"donut"']);
  });

  test("offers locals before any global", async () => {
    const { matches } = await kernel.complete("function fn(abc: number, xyz: string) { | }");
    expect(matches.slice(0, 4).toSorted()).toEqual(["abc", "arguments", "fn", "xyz"]);
  });
});

describe("complete_request in a doc comment", () => {
  test("offers tags", async () => {
    const { matches, range } = await kernel.complete("/** |*/ function f(xyz: number, abc: string): void {}");
    expect(matches).toEqual(expect.arrayContaining(["@abstract", "@param", "@returns"]));
    expect(range).toEqual([4, 4]);
  });

  test("offers tags that begin with what is written", async () => {
    const { matches, range } = await kernel.complete("/** @par| */ function f(xyz: number): void {}");
    expect(matches).toContain("param");
    expect(range).toEqual([5, 8]);
  });

  test("offers the parameters", async () => {
    const { matches } = await kernel.complete("/** @param | */ function f(xyz: number, abc: string): void {}");
    expect(matches.toSorted()).toEqual(["abc", "xyz"]);
  });
});
