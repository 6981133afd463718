// The cases that tslab's inspection is tested by, asked of the running kernel over the protocol.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { KernelUnderTest } from "./kernel-process.ts";

const PATIENCE = { timeout: 8_000 };

let kernel: KernelUnderTest;

beforeAll(async () => {
  kernel = await KernelUnderTest.start();
  // Types answer from the moment that their server has been started.
  const answers = async () => expect(await kernel.inspect("let started|: boolean")).toBe("let started: boolean");
  await vi.waitFor(answers, PATIENCE);
});
afterAll(() => kernel?.[Symbol.asyncDispose]());

describe("inspect_request", () => {
  test.each([
    ["a variable", "/** a great variable */\nlet |xyz = 10;", "let xyz: number\n\na great variable"],
    ["a var", "/** a great boolean */\nvar |klm = true;", "var klm: boolean\n\na great boolean"],
    ["a constant", "/** a great string */\nconst |abc = 'hello';", 'const abc: "hello"\n\na great string'],
    ["a variable of a generic type", "let |m: Map<string, number>;", "let m: Map<string, number>"],
    ["an interface of the library", "let m: |Map<string, number>;", "interface Map<K, V>"],
    ["a member of an enum", "enum myenum {key1, key2} myenum.|key1;", "(enum member) myenum.key1 = 0"],
  ])("tells of %s", async (_, code, text) => {
    expect(await kernel.inspect(code)).toBe(text);
  });

  test("tells of a method with its documentation and parameters", async () => {
    expect(await kernel.inspect("let s = 'abc'; s.|indexOf('b');")).toBe(
      [
        "(method) String.indexOf(searchString: string, position?: number): number",
        "Returns the position of the first occurrence of a substring, or -1 if it is not present.",
        "@param searchString — The substring to search for in the string",
        "@param position — The index at which to begin searching the String object. If omitted, search starts at the beginning of the string.",
      ].join("\n\n"),
    );
  });

  test("tells of a constructor how it can be called", async () => {
    expect(await kernel.inspect("let m = new |Map();")).toBe("var Map: new () => Map<any, any>");
  });

  test("tells the value that a name has, where its type does not say it already", async () => {
    await kernel.run("enum Mood { Glad, Sad }; const five = 5; let list = [1, 2]");
    expect(await kernel.inspect("list|")).toBe("let list: number[] = [1, 2]");
    expect(await kernel.inspect("five|")).toBe("const five: 5");
    expect(await kernel.inspect("Mood.Sad|")).toBe("(enum member) Mood.Sad = 1");
  });

  test("tells of the call that a literal is an argument of, and not of one that a function is", async () => {
    await kernel.run("function travel(to: string, how?: { speed?: number, by: string[] }) {}");
    const signature = expect.stringMatching(/^travel\(to: string, how\?: /);
    for (const code of ["travel('here', { |", "travel('here', { speed: |", "travel('here', { by: ['a', |"])
      expect(await kernel.inspect(code)).toEqual(signature);
    for (const code of ["travel(() => { |", "travel(function () { |"])
      expect(await kernel.inspect(code)).toBeUndefined();
  });

  test("tells of a type without the value that has its name", async () => {
    await kernel.run("const Level = { low: 1 }; type Level = 1 | 2");
    expect(await kernel.inspect("let level: Level|")).toMatch(/^type Level = 1 \| 2$/);
  });

  test("tells what an imported file says now, wherever it lies", async () => {
    const write = (code: string) => writeFileSync(join(kernel.folder, "lib/deep.ts"), code);
    mkdirSync(join(kernel.folder, "lib"));
    writeFileSync(
      join(kernel.folder, "top.ts"),
      "import { deep } from './lib/deep.ts';\nexport const twice = () => deep;",
    );
    write("export const deep: number = 1;");
    await kernel.run("import { twice } from './top.ts'; let before = twice()");
    expect(await kernel.inspect("before|")).toBe("let before: number = 1");
    write("export const deep: string = 'text';");
    await kernel.run("import { twice } from './top.ts'; let after = twice()");
    await expect.poll(() => kernel.inspect("after|"), PATIENCE).toBe('let after: string = "text"');
  });

  test("tells of nothing where nothing is", async () => {
    expect(await kernel.inspect("|")).toBeUndefined();
  });
});
