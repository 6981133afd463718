import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SessionProcess } from "./session-process.ts";

const session = new SessionProcess();
afterAll(() => session[Symbol.dispose]());

function write(name: string, text: string): void {
  const path = join(session.directory, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  writes++;
  utimesSync(path, writes, writes); // a change that no clock is too coarse for
}
let writes = 1_700_000_000;

async function value(code: string): Promise<string | undefined> {
  const { text, result } = await session.run(code);
  return result ?? text;
}

beforeAll(() => {
  write("node_modules/pack/package.json", JSON.stringify({ name: "pack", type: "module", exports: "./index.js" }));
  write("node_modules/pack/index.js", "export default 'pack'; export const named = 1");
  write("node_modules/common/package.json", JSON.stringify({ name: "common" }));
  write("node_modules/common/index.js", "module.exports = { kind: 'common' }");
});

describe("import in a cell", () => {
  test.each([
    ["default", "import fs from 'node:fs'; typeof fs.readFileSync", "'function'"],
    ["named, renamed", "import { join as j } from 'node:path'; j('a', 'b')", "'a/b'"],
    ["namespace", "import * as os from 'node:os'; typeof os.cpus", "'function'"],
    ["default and namespace", "import d, * as n from 'pack'; [d, n.named]", "[ 'pack', 1 ]"],
    ["type-only", "import type { Stats } from 'node:fs'; import { type Dirent } from 'node:fs'; 1", "1"],
    ["side effect", "import 'pack'; 1", "1"],
    ["dynamic", "(await import('pack')).default", "'pack'"],
    ["a CommonJS package", "import common from 'common'; common.kind", "'common'"],
    ["require", "require('common').kind", "'common'"],
    ["import equals", "import path = require('node:path'); path.sep", "'/'"],
    ["re-export", "export * from 'pack'; export { named } from 'pack'; 2", "2"],
    [
      "import.meta",
      "[import.meta.dirname === process.cwd(), __dirname === process.cwd(), import.meta.main]",
      "[ true, true, true ]",
    ],
  ])("works: %s", async (_name, code, expected) => {
    expect(await value(code)).toBe(expected);
  });

  test("has the module's place in import.meta, also in a file", async () => {
    write("sub/meta.ts", "export const meta = [import.meta.dirname, import.meta.filename, import.meta.main] as const");
    expect(await value("import { meta } from './sub/meta.ts'; meta.join()")).toBe(
      `'${session.directory}/sub,${session.directory}/sub/meta.ts,false'`,
    );
  });

  test("has import.meta.resolve, which finds what an import finds", async () => {
    write("found.ts", "export const found = import.meta.resolve('./inner.js')");
    expect(await value("import.meta.resolve('./found')")).toBe(`'file://${session.directory}/found.ts'`);
    expect(await value("[import.meta.resolve('fs'), import.meta.resolve('loopbook').slice(-16)].join()")).toBe(
      "'node:fs,runtime/index.ts'",
    );
    expect(await value("import { found } from './found.ts'; found")).toBe(`'file://${session.directory}/inner.js'`);
    expect(await value("import.meta.resolve('none')")).toContain("Cannot find package 'none'");
  });

  test("has the module that CommonJS code asks about", async () => {
    expect(
      await value("[require.main === module, module.filename === __filename, exports === module.exports, module.id]"),
    ).toBe("[ true, true, true, '.' ]");
  });

  test("finds packages in folders above the notebook", async () => {
    write("deep/er/use.ts", "export { default } from 'pack'");
    expect(await value("import up from './deep/er/use.ts'; up")).toBe("'pack'");
  });

  test("reads JSON without import attributes, and with them", async () => {
    write("data.json", '{ "a": [1, 2] }');
    expect(await value("import data from './data.json'; data.a")).toBe("[ 1, 2 ]");
    expect(await value("import same from './data.json' with { type: 'json' }; same.a.length")).toBe("2");
  });

  test("finds a TypeScript file with its extension, without it, and under the name it compiles to", async () => {
    write("lib.ts", "export enum Kind { A, B }\nexport const kind: Kind = Kind.B");
    expect(await value("import { kind } from './lib.ts'; kind")).toBe("1");
    expect(await value("import { Kind } from './lib'; Kind[0]")).toBe("'A'");
    expect(await value("(await import('./lib.js')).kind")).toBe("1");
  });

  test("reads a file anew when it, or a file it imports, has changed", async () => {
    write("inner.ts", "export const inner = 1");
    write("outer.ts", "import { inner } from './inner.ts'\nexport const outer = inner * 10");
    expect(await value("import { outer } from './outer.ts'; outer")).toBe("10");
    write("inner.ts", "export const inner = 2");
    expect(await value("import { outer } from './outer.ts'; outer")).toBe("20");
    write("outer.ts", "import { inner } from './inner.ts'\nexport const outer = inner * 100");
    expect(await value("(await import('./outer.ts')).outer")).toBe("200");
  });

  test("keeps the module while nothing has changed", async () => {
    write("once.ts", "export const token = {}");
    expect(
      await value("const one = await import('./once.ts'), two = await import('./once.ts'); one.token === two.token"),
    ).toBe("true");
  });
});

describe("an import that fails", () => {
  test.each([
    ["a global", "import { fetch } from 'not-there'", "typeof fetch", "'function'"],
    ["an earlier variable", "import kept, { other } from './not-there.ts'", "[kept, other]", "[ 1, 2 ]"],
    [
      "what the cell declares beside it",
      "import 'not-there'; const kept = 5; function other() {}",
      "[kept, other]",
      "[ 1, 2 ]",
    ],
    [
      "a name that the module lacks",
      "import { named as kept, nope as other } from 'pack'",
      "[kept, other]",
      "[ 1, 2 ]",
    ],
  ])("leaves what the name meant before: %s", async (_what, failing, reading, expected) => {
    await session.run("let kept = 1, other = 2");
    expect((await session.run(failing)).reply.status).toBe("error");
    expect(await value(reading)).toBe(expected);
  });

  test.each([
    ["const { fetch } = await import('not-there')", "typeof fetch", "'function'"],
    ["import URL = require('not-there')", "typeof URL", "'function'"],
    ["const atob = (() => { throw new Error() })()", "atob('YQ==')", "'a'"],
    ["null.x; class Blob {}", "new Blob(['ab']).size", "2"],
  ])("leaves a global in sight, as does any failure before its declaration: %s", async (failing, reading, expected) => {
    await session.run(failing);
    expect(await value(reading)).toBe(expected);
  });

  test("leaves a variable a variable, and a global one", async () => {
    await session.run("let kept = 1");
    await session.run("import kept from 'not-there'");
    await session.run("const escape = (await import('not-there')).escape");
    expect(await value("kept = 2; escape = 3; [kept, escape]")).toBe("[ 2, 3 ]");
  });

  test("runs nothing of its cell", async () => {
    write("fails.ts", "throw new RangeError('at its top level')");
    const { text } = await session.run("console.log('ran'); import './fails.ts'");
    expect(text).toContain("RangeError: at its top level");
    expect(text).not.toContain("ran");
  });

  test("that is interrupted leaves it as well", async () => {
    write("hangs.ts", "export const kept = await new Promise(() => {})");
    await session.run("let kept = 1");
    const { reply } = session.start("import { kept } from './hangs.ts'");
    setTimeout(() => session.send({ type: "interrupt" }), 100);
    expect(await reply).toMatchObject({ ename: "KeyboardInterrupt" });
    expect(await value("kept")).toBe("1");
  });
});

describe("import of another notebook", () => {
  const notebook = (...cells: [source: string, tags?: string[]][]) =>
    JSON.stringify({
      nbformat: 4,
      nbformat_minor: 5,
      metadata: {},
      cells: cells.map(([source, tags = []], index) => ({
        id: `c${index}`,
        cell_type: "code",
        source: source.split(/(?<=\n)/),
        metadata: { tags },
        outputs: [],
        execution_count: null,
      })),
    });

  test("gives its cells tagged export", async () => {
    write(
      "tagged.ipynb",
      notebook(
        ["throw new Error('must not run')"],
        ["const base: number = 20\nexport const f = () => base + 1", ["export"]],
      ),
    );
    expect(await value("import { f, base } from './tagged.ipynb'; [f(), base]")).toBe("[ 21, 20 ]");
  });

  test("gives all declarations where no cell is tagged, and runs nothing else", async () => {
    write(
      "plain.ipynb",
      notebook(
        ["console.log('must not print')\nfunction g(x: number) { return x * k }"],
        ["const k = 3; enum E { A = 9 }"],
      ),
    );
    const { text } = await session.run("import { g, E } from './plain.ipynb'; [g(2), E.A]");
    expect(text).toBe("[ 6, 9 ]");
  });

  test("says what is wrong with a file that is none", async () => {
    write("broken.ipynb", "{");
    expect(await value("import './broken.ipynb'")).toContain("is not JSON");
    write("empty.ipynb", "{}");
    expect(await value("import './empty.ipynb'")).toContain("is not a notebook");
  });
});

describe("a module that is not there", () => {
  test("is named, with how to install it", async () => {
    expect(await value("import x from 'left-pad-not-there'")).toContain(
      `Cannot find package 'left-pad-not-there' from ${session.directory}. Install it there: npm install left-pad-not-there`,
    );
    expect(await value("import { y } from '@scope/none/sub'")).toContain("npm install @scope/none");
  });

  test("is named when it is a file", async () => {
    expect(await value("import './nowhere.ts'")).toContain("Cannot find module './nowhere.ts'");
  });

  test("names what a module does have instead of a missing export", async () => {
    expect(await value("import { nope } from 'pack'")).toContain(
      `The requested module "pack" does not provide an export named "nope". It has: default, named`,
    );
  });
});
