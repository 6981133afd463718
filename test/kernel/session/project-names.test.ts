import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { value, write } from "./project-files.ts";
import { SessionProcess } from "./session-process.ts";

let session: SessionProcess;
beforeEach(() => {
  session = new SessionProcess({
    "base.json": JSON.stringify({ compilerOptions: { paths: { "@base/*": ["./*"] } } }),
    "config.ts": "export const size = 6;",
    "twice.ts": "import { size } from '@here/config'; export const twice = 2 * size;",
  });
});
afterEach(() => session[Symbol.dispose]());

const paths = (names: object): object => ({ compilerOptions: { paths: names } });
const here = paths({ "@here/*": ["./missing/*", "./*"], settings: ["./config.ts"] });

describe("the paths of a tsconfig.json", () => {
  test("lead to files, with and without their extension, from cells and from the files they import", async () => {
    write(session, { "tsconfig.json": here });
    expect(
      await value(
        session,
        "import { size } from 'settings'; import * as same from '@here/config.ts'; [size, same.size]",
      ),
    ).toBe("[ 6, 6 ]");
    expect(await value(session, "import { twice } from './twice.ts'; twice")).toBe("12");
  });

  test("may come from another one, which it extends, and stand among comments", async () => {
    write(session, { "tsconfig.json": '{ "extends": "./base.json", /* ours */ }' });
    expect(await value(session, "(await import('@base/config')).size")).toBe("6");
  });

  test("lead to a folder's index, and to what its package.json says", async () => {
    write(session, {
      "tsconfig.json": paths({ "@one": ["./one"], "@two": ["./two"] }),
      "one/index.ts": "export const one = 1",
      "two/package.json": { main: "./lib/main.js" },
      "two/lib/main.js": "exports.two = 2",
    });
    expect(await value(session, "import { one } from '@one'; import { two } from '@two'; [one, two]")).toBe("[ 1, 2 ]");
  });

  test("that lead to declarations are for types, and packages are found as ever", async () => {
    write(session, {
      "tsconfig.json": paths({ typed: ["./typed.d.ts"], "*": ["./types/*"] }),
      "typed.d.ts": "export const from: string",
      "types/typed.d.ts": "export const from: string",
      "node_modules/typed/package.json": { name: "typed", main: "index.js" },
      "node_modules/typed/index.js": "exports.from = 'the package'",
    });
    expect(await value(session, "import { from } from 'typed'; from")).toBe("'the package'");
  });

  test("hold as they are when a cell imports: written or changed while the kernel runs", async () => {
    expect(await value(session, "import { size } from 'settings'")).toContain("Cannot find package 'settings'");
    write(session, { "tsconfig.json": here });
    expect(await value(session, "import { size } from 'settings'; size")).toBe("6");
    write(session, { "base.json": paths({ "@other/*": ["./*"] }), "tsconfig.json": { extends: "./base.json" } });
    expect(await value(session, "import { size } from '@other/config'; size")).toBe("6");
    write(session, { "base.json": paths({ "@third/*": ["./*"] }) });
    expect(await value(session, "import { size } from '@third/config'; size")).toBe("6");
    expect(await value(session, "require('@third/config').size")).toBe("6");
  });

  test("lead a file that was imported before to where they lead now", async () => {
    write(session, { "tsconfig.json": here, "other.ts": "export const size = 60" });
    expect(await value(session, "import { twice } from './twice.ts'; twice")).toBe("12");
    expect(await value(session, "(await import('./twice.ts')) === (await import('./twice.ts'))")).toBe("true");
    write(session, { "tsconfig.json": paths({ "@here/config": ["./other.ts"] }) });
    expect(await value(session, "import { twice } from './twice.ts'; twice")).toBe("120");
  });

  test("are those of the nearest one of each file: of a folder above, of the folder of a file", async () => {
    write(session, {
      "tsconfig.json": here,
      "deep/er/above.ts": "export { size } from '@here/config'",
      "apart/tsconfig.json": paths({ "@here/*": ["./*"] }),
      "apart/config.ts": "export const size = 'another'",
      "apart/own.ts": "export { size } from '@here/config'",
    });
    expect(await value(session, "import { size } from './deep/er/above.ts'; size")).toBe("6");
    expect(await value(session, "import { size } from './apart/own.ts'; size")).toBe("'another'");
  });

  test("and its baseUrl leads to what lies there", async () => {
    write(session, {
      "tsconfig.json": { compilerOptions: { baseUrl: "./src" } },
      "src/lib/x.ts": "export const x = 1",
    });
    expect(await value(session, "import { x } from 'lib/x'; x")).toBe("1");
  });

  test("leave what they do not lead to as it is", async () => {
    write(session, { "tsconfig.json": here });
    expect(await value(session, "import fs from 'node:fs'; typeof fs.readFileSync")).toBe("'function'");
    expect(await value(session, "import nothing from '@here/nothing'")).toContain(
      "Cannot find package '@here/nothing'",
    );
  });

  test("are nothing where it is none, and cells run", async () => {
    write(session, { "tsconfig.json": "{ nonsense" });
    expect(await value(session, "import { size } from './config.ts'; size")).toBe("6");
  });
});

describe("the imports of a package.json", () => {
  const imports = (names: object): { "package.json": object } => ({ "package.json": { name: "here", imports: names } });

  test("lead to files and packages, by condition, from cells and from files", async () => {
    write(session, {
      ...imports({ "#lib/*": "./*.ts", "#env": { browser: "./none.ts", node: "./config.ts" }, "#path": "node:path" }),
      "user.ts": "import { size } from '#lib/config'; export const user = size + 1",
    });
    expect(
      await value(
        session,
        "import { user } from './user.ts'; import { size } from '#env'; import { sep } from '#path'; [user, size, sep]",
      ),
    ).toBe("[ 7, 6, '/' ]");
    expect(await value(session, "require('#lib/config').size")).toBe("6");
  });

  test("hold as they are when a cell imports", async () => {
    write(session, imports({ "#it": "./config.ts" }));
    expect(await value(session, "import { size } from '#it'; size")).toBe("6");
    write(session, { ...imports({ "#it": "./other.ts", "#new": "./other.ts" }), "other.ts": "export const size = 7" });
    expect(await value(session, "import { size } from '#it'; import * as same from '#new'; [size, same.size]")).toBe(
      "[ 7, 7 ]",
    );
  });

  test("that lack a name are told with the file that lacks it", async () => {
    write(session, imports({ "#it": "./config.ts" }));
    expect(await value(session, "import '#other'")).toContain(
      `"#other" is not defined in package ${session.directory}`,
    );
  });
});

describe("the import map of a deno.json", () => {
  test("leads to files, for names and for all below a name", async () => {
    write(session, {
      "deno.json": { imports: { it: "./config.ts", "lib/": "./lib/", "@/": "./" } },
      "lib/x.ts": "export const x = 1",
    });
    expect(
      await value(
        session,
        "import { size } from 'it'; import { x } from 'lib/x.ts'; import * as c from '@/config.ts'; [size, x, c.size]",
      ),
    ).toBe("[ 6, 1, 6 ]");
  });

  test("may have comments, scopes, and a file of its own", async () => {
    write(session, {
      "deno.jsonc": '{ /* where the names are: */ "importMap": "./maps/map.json", }',
      "maps/map.json": { imports: { it: "../config.ts" }, scopes: { "../apart/": { it: "../apart/own.ts" } } },
      "apart/own.ts": "export const size = 'own'",
      "apart/user.ts": "export { size } from 'it'",
    });
    expect(
      await value(session, "import { size } from 'it'; import * as apart from './apart/user.ts'; [size, apart.size]"),
    ).toBe("[ 6, 'own' ]");
  });

  test("is that of a folder above, too, where the nearest does not have the name", async () => {
    write(session, {
      "deno.json": { imports: { it: "./config.ts" } },
      "inner/deno.json": { imports: { other: "./other.ts" } },
      "inner/other.ts": "export { size as other } from 'it'",
      "inner/user.ts": "export { other } from 'other'",
    });
    expect(await value(session, "import { other } from './inner/user.ts'; other")).toBe("6");
  });

  test("holds as it is when a cell imports", async () => {
    write(session, { "deno.json": { imports: { it: "./config.ts" } } });
    expect(await value(session, "import { size } from 'it'; size")).toBe("6");
    write(session, { "deno.json": { imports: { it: "./other.ts" } }, "other.ts": "export const size = 7" });
    expect(await value(session, "import { size } from 'it'; size")).toBe("7");
  });

  test("that leads to the web is told as that", async () => {
    write(session, { "deno.json": { imports: { "std/": "https://deno.land/std@0.224.0/" } } });
    expect(await value(session, "import { assert } from 'std/assert/mod.ts'")).toContain(
      'Write "jsr:@std/assert" instead',
    );
  });
});
