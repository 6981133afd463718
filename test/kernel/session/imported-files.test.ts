import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { value, write } from "./project-files.ts";
import { SessionProcess } from "./session-process.ts";

const session = new SessionProcess();
afterAll(() => session[Symbol.dispose]());

describe("a file beside the notebook is compiled as cells are", () => {
  test.each([
    [
      "decorators",
      "deco.ts",
      "const twice = (f: () => number, _: object) => () => 2 * f();\nexport class A { @twice m() { return 21 } }\nexport const it = new A().m()",
      "42",
    ],
    [
      "older decorators, where its tsconfig.json says so",
      "older/deco.ts",
      "const named = (name: string) => (c: any) => { c.named = name };\n@named('older') class A {}\nexport const it = (A as any).named",
      "'older'",
    ],
    [
      "enums and namespaces that go on",
      "spaces.ts",
      "enum E { A = 1 }\nenum E { B = 2 }\nnamespace N { export let x = E.A }\nnamespace N { export const y = x + E.B }\nexport const it = N.y",
      "3",
    ],
    [
      "accessors and parameter properties",
      "fields.ts",
      "class A { accessor z = 3; constructor(public q: number) {} }\nexport const it = new A(4).q + new A(4).z",
      "7",
    ],
    [
      "a shebang",
      "script.ts",
      "#!/usr/bin/env -S npx tsx\nexport const it: string = import.meta.filename.slice(-9)",
      "'script.ts'",
    ],
    ["a .tsx file without JSX", "plain.tsx", "export const it = <T,>(x: T): T => x", "[Function: it]"],
    [
      "JSX by a pragma",
      "pragma.tsx",
      "/** @jsx h */\nconst h = (tag: string, props: object, ...rest: unknown[]) => [tag, props, ...rest];\nexport const it = <b id='1'>text</b>",
      "[ 'b', { id: '1' }, 'text' ]",
    ],
    ["JSX as its tsconfig.json says", "jsx/own.tsx", "export const it = <b>text</b>", "'b of own'"],
    ["JSX in .jsx", "jsx/plain.jsx", "export const it = <i/>", "'i of own'"],
    [
      "types of a module that has none at run time",
      "typed.ts",
      "import { Options, Level } from './types';\nimport { PathLike } from 'node:fs';\nimport Whatever from 'a-package-of-types';\nexport const it: Options = { level: Level.High, path: '' as PathLike | Whatever }",
      "{ level: 1, path: '' }",
    ],
    [
      "types that are passed on",
      "barrel.ts",
      "import Shape, { Options, Level } from './types.ts';\nexport { Options, Level, Shape };\nexport { Options as Other, Level as Depth } from './again';\nexport { PathLike, constants } from 'node:fs';\nexport const it = Level.High",
      "1",
    ],
    ["import = and export =", "old/user.ts", "import lib = require('./lib');\nexport const it = lib.x", "5"],
  ])("%s", async (_what, file, source, expected) => {
    write(session, { [file]: source });
    expect(await value(session, `import { it } from './${file}'; it`)).toBe(expected);
  });

  beforeAll(() =>
    write(session, {
      "types.ts":
        "export interface Options { level: Level; path: unknown }\nexport enum Level { Low, High }\ninterface Shape {}\nexport default Shape",
      "again.ts": "export { Options, Level } from './types'",
      "older/tsconfig.json": { compilerOptions: { experimentalDecorators: true } },
      "jsx/tsconfig.json": { compilerOptions: { jsx: "react-jsx", jsxImportSource: "own" } },
      "node_modules/own/package.json": { name: "own", type: "module", exports: { "./jsx-runtime": "./jsx.js" } },
      "node_modules/own/jsx.js": "export const jsx = (tag) => tag + ' of own', jsxs = jsx",
      "old/lib.ts": "class Lib { static x = 5 }\nexport = Lib",
    }),
  );

  test("and what passes types on passes on the values", async () => {
    write(session, { "barrel2.ts": "export { Options, Level } from './types';\nexport * from './again'" });
    expect(
      await value(session, "import { Level, Options } from './barrel2.ts'; ({ level: Level.High }) as Options"),
    ).toBe("{ level: 1 }");
  });

  test("errors have their place, whichever way it was compiled", async () => {
    write(session, {
      "failing.tsx":
        "#!x\nconst log = (f: any, _: object) => f\nenum E { A }\nexport class A {\n  @log m(): never { throw new Error('from ' + __filename.slice(-11)) }\n}\n",
      "wrong.ts": "export const a: number = 1;\nexport class B {\n  @log m( { }\n}",
    });
    const { text } = await session.run("import { A } from './failing.tsx'; new A().m()");
    expect(text).toContain("Error: from failing.tsx");
    expect(text).toContain("failing.tsx, line 5:27");
    expect((await session.run("import './wrong.ts'")).text).toContain("wrong.ts, line 4:1");
  });

  test("JSX whose package is not there is told as that", async () => {
    write(session, { "lacking.tsx": "export const it = <b/>" });
    expect(await value(session, "import './lacking.tsx'")).toContain('JSX calls functions of "react/jsx-runtime"');
  });
});

describe("a file beside the notebook finds around it", () => {
  test.each([
    [
      "its own place",
      "sub/place.ts",
      "export const it = [__filename, __dirname, import.meta.dirname].map((x) => x.slice(-12)).join()",
    ],
    ["its own require", "sub/requires.ts", "export const it = require('./place.ts').it"],
  ])("%s", async (_what, file, source) => {
    write(session, { [file]: source });
    expect(await value(session, `import { it } from './${file}'; it`)).toBe(
      `'sub/place.ts,${session.directory.slice(-8)}/sub,${session.directory.slice(-8)}/sub'`,
    );
  });

  test("a module that is not the main one", async () => {
    write(session, {
      "main.ts": "export const it = [require.main === module, import.meta.main, module.filename === __filename]",
    });
    expect(await value(session, "import { it } from './main.ts'; it")).toBe("[ false, false, true ]");
  });

  test("an import() that finds what imports find", async () => {
    write(session, {
      "later.ts": "export const it = (name: string) => import(name)",
      "sub/found.ts": "export const found = 1",
      "sub/later.ts": "export const it = () => import('./found')",
    });
    expect(await value(session, "import { it } from './later.ts'; (await it('./sub/found')).found")).toBe("1");
    expect(await value(session, "import { it } from './sub/later.ts'; (await it()).found")).toBe("1");
    expect(await value(session, "import { it } from './later.ts'; await it('https://esm.sh/ms@2')")).toContain(
      'Write "npm:ms@2"',
    );
  });

  test("CommonJS, where it is written so", async () => {
    write(session, {
      "common.ts":
        "const { sep } = require('node:path');\nmodule.exports = { sep: sep as string, here: __filename.slice(-9) };",
      "user.ts": "import common, { sep } from './common';\nexport const it = [common.here, sep]",
      "named.cts": "exports.one = 1 as number",
      "waits.ts": "const sep = await Promise.resolve(require('node:path').sep);\n(globalThis as any).waited = sep",
    });
    expect(
      await value(session, "import { it } from './user.ts'; import { one } from './named.cts'; [...it, one]"),
    ).toBe("[ 'common.ts', '/', 1 ]");
    expect(await value(session, "import './waits.ts'; waited")).toBe("'/'");
  });
});
