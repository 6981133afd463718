import { afterEach, expect, test } from "vitest";
import { SessionProcess } from "./session-process.ts";

let session: SessionProcess | undefined;
afterEach(() => session?.[Symbol.dispose]());

async function value(tsconfig: object | string, code: string): Promise<string | undefined> {
  session = new SessionProcess({
    "tsconfig.json": typeof tsconfig === "string" ? tsconfig : JSON.stringify({ compilerOptions: tsconfig }),
    "base.json": JSON.stringify({ compilerOptions: { paths: { "@base/*": ["./*"] } } }),
    "config.ts": "export const size = 6;",
    "twice.ts": "import { size } from '@here/config'; export const twice = 2 * size;",
  });
  const { text, result } = await session.run(code);
  return result ?? text;
}
const here = { paths: { "@here/*": ["./missing/*", "./*"], settings: ["./config.ts"] } };

test("a name that the tsconfig.json has a path for is found, with and without its extension", async () => {
  expect(
    await value(here, "import { size } from 'settings'; import * as same from '@here/config.ts'; [size, same.size]"),
  ).toBe("[ 6, 6 ]");
});

test("the files that a cell imports may use it too", async () => {
  expect(await value(here, "import { twice } from './twice.ts'; twice")).toBe("12");
});

test("so may a tsconfig.json that another one extends, and one with comments", async () => {
  expect(await value('{ "extends": "./base.json", /* ours */ }', "(await import('@base/config')).size")).toBe("6");
});

test("what no path leads to is looked for as ever", async () => {
  expect(await value(here, "import fs from 'node:fs'; typeof fs.readFileSync")).toBe("'function'");
  expect(await value(here, "import nothing from '@here/nothing'")).toContain("Cannot find package '@here/nothing'");
});

test("a tsconfig.json that is none does not keep cells from running", async () => {
  expect(await value("{ nonsense", "import { size } from './config.ts'; size")).toBe("6");
});
