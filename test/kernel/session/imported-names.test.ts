import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { value, write } from "./project-files.ts";
import { SessionProcess } from "./session-process.ts";

const session = new SessionProcess();
afterAll(() => session[Symbol.dispose]());
beforeAll(() => {
  write(session, {
    "shapes.ts":
      "export interface Square { side: number }\nexport type Name = string\nexport class Circle { r = 1 }\nexport const unit = 1\n",
    "barrel.ts": "export * from './shapes.ts'",
    "node_modules/typed/package.json": {
      name: "typed",
      type: "module",
      exports: { ".": { types: "./d/index.d.ts", default: "./index.js" } },
    },
    "node_modules/typed/index.js": "export const make = () => 1",
    "node_modules/typed/d/index.d.ts": "export * from './inner.js'; export declare const make: () => number;",
    "node_modules/typed/d/inner.d.ts": "export interface Options { deep: boolean }",
    "node_modules/old/package.json": { name: "old" },
    "node_modules/old/index.js":
      "module.exports = Object.assign(Object.create({ inherited: 3 }), { [['la', 'te'].join('')]: 2 })",
    "node_modules/@types/old/index.d.ts": "declare namespace old { interface Settings {} }\nexport = old;",
    "object.ts": "export default { a: 1 }",
    "data.json": { a: 1, b: [2] },
  });
});

describe("a name that is a type", () => {
  test.each([
    ["of a file", "import { unit, Square } from './shapes.ts'; const s: Square = { side: unit }; s.side", "1"],
    ["of a file without its extension", "import { unit, Name } from './shapes'; const n: Name = 'x'; n + unit", "'x1'"],
    ["of a file that passes it on", "import { Square, unit } from './barrel'; ({ side: unit } as Square).side", "1"],
    ["of Node", "import { sep, ParsedPath as P } from 'node:path'; const p: P | string = sep; p", "'/'"],
    ["of a package", "import { make, Options } from 'typed'; const f = (o?: Options) => make(); f()", "1"],
    [
      "of a package whose types are others'",
      "import old, { Settings } from 'old'; let settings: Settings; typeof old",
      "'object'",
    ],
    ["as the only one", "import { Options } from 'typed'; let o: Options | 3 = 3; o", "3"],
    [
      "and said to be one",
      "import { type Options } from 'not-there'; export { type Options as O } from 'not-there'; 5",
      "5",
    ],
    ["exported again", "export { Square, unit } from './shapes.ts'; export { Options } from 'typed'; 4", "4"],
  ])("is left out, however it is imported: %s", async (_what, code, expected) => {
    expect(await value(session, code)).toBe(expected);
  });

  test.each([
    ["a file", "./shapes.ts", "Square"],
    ["Node", "node:fs", "PathLike"],
    ["a package", "typed", "Options"],
    ["types of others", "old", "Settings"],
  ])("may be what the next cell is about: of %s", async (_what, module, name) => {
    expect(await value(session, `import { ${name} } from '${module}'`)).toBe("");
    expect(await value(session, `const later: ${name} | 5 = 5; later`)).toBe("5");
  });

  test("leaves the value that a global has, or an earlier cell has given it", async () => {
    await session.run("let Options = 'mine'");
    await session.run("import { make, Options } from 'typed'");
    await session.run("import { RequestOptions as Response } from 'node:http'; (response: Response) => response");
    expect(await value(session, "[Options, typeof Response]")).toBe("[ 'mine', 'function' ]");
  });

  test("that is a class as well is imported where it is used as a type only", async () => {
    await session.run("import { Circle } from './shapes.ts'; let circle: Circle | undefined");
    expect(await value(session, "new Circle().r")).toBe("1");
  });

  test("is told from a value where it is used as one", async () => {
    expect(await value(session, "import { PathLike } from 'node:fs'; PathLike.length")).toContain(
      "PathLike is a type, and has no value",
    );
  });
});

describe("a name that a module does not export", () => {
  test.each([
    [
      "of a file",
      "import { unti } from './shapes.ts'; unti + 1",
      `does not provide an export named "unti". It has: Circle, unit`,
    ],
    ["of a file, unused", "import { unti } from './shapes'", `does not provide an export named "unti"`],
    ["of Node", "import { jion } from 'node:path'", `does not provide an export named "jion"`],
    ["of a package", "import { mkae } from 'typed'; mkae()", `does not provide an export named "mkae". It has: make`],
    ["of a file that exports an object", "import { a } from './object.ts'", "It has: default"],
    ["of CommonJS", "import { early } from 'old'", "It has: default, late"],
    ["of JSON", "import { c } from './data.json'", `does not provide an export named "c"`],
    ["the default", "import shapes from './shapes.ts'", `"./shapes.ts" has no default export. It has: Circle, unit`],
    ["of what is exported again", "export { unti } from './shapes.ts'", `does not provide an export named "unti"`],
  ])("is an error, not undefined: %s", async (_what, code, expected) => {
    expect(await value(session, code)).toContain(expected);
  });

  test("is told with its line in the cell", async () => {
    const { text } = await session.run(
      "import fs from 'node:fs';\nimport {\n  Circle,\n  unti,\n} from './shapes.ts';",
    );
    expect(text).toMatch(/Cell \[\d+\], line 4:3\n/);
    expect(text).toContain("---->    4 |   unti,\n           |   ^");
  });

  test("is told with the line of the file that imports it, and of the cell that imports the file", async () => {
    write(session, {
      "user.ts": "interface Long {\n}\nimport { unit, unti } from './shapes.ts';\nexport const x = unti + unit;",
    });
    const { text } = await session.run("import { x } from './user.ts'");
    expect(text).toContain("does not provide an export named 'unti'");
    expect(text).toContain(`${session.directory}/user.ts, line 3:16`);
    expect(text).toMatch(/Cell \[\d+\], line 1:19/);
  });

  test("is a value where a CommonJS module has it once it has run, and JSON in any case", async () => {
    expect(await value(session, "import { late, inherited } from 'old'; [late, inherited]")).toBe("[ 2, 3 ]");
    expect(await value(session, "import all, { a, b } from './data.json'; [a, b[0], all.a]")).toBe("[ 1, 2, 1 ]");
  });
});

describe("an import that leads nowhere is told with the lines that lead to it", () => {
  test.each([
    ["a file", "./none.ts", "Cannot find module './none.ts'"],
    ["a package", "@scope/none/sub", "npm install @scope/none"],
    ["an address", "https://esm.sh/lodash-es@4/fp", 'Write "npm:lodash-es@4" instead'],
    ["a package that is none", "npm:../x", "npm:<name>[@<version>] names a package, got npm:../x"],
  ])("%s", async (_what, specifier, expected) => {
    write(session, { "one.ts": "\nimport './two.js'", "two.js": `import x from '${specifier}'` });
    const { text } = await session.run("1;\nimport './one.ts'");
    expect(text).toContain(expected);
    expect(text).toContain("two.js, line 1:15");
    expect(text).toContain("one.ts, line 2:8");
    expect(text).toMatch(/Cell \[\d+\], line 2:8/);
  });

  test("those of import() as well, in a cell and in a file", async () => {
    write(session, { "calls.ts": "\nexport const load = (name: string) => import(name)" });
    const { text } = await session.run("import { load } from './calls.ts'\nawait load('./none.ts')");
    expect(text).toContain("calls.ts, line 2:39, in load");
    expect(text).toMatch(/Cell \[\d+\], line 2:7/);
  });

  test("and a file that is no JavaScript with its own", async () => {
    write(session, { "broken.js": "\nexport const x = ;", "user.ts": "import './broken.js'" });
    const { text } = await session.run("import './user.ts'");
    expect(text).toContain("SyntaxError: Unexpected token ';'");
    expect(text).toContain("broken.js, line 2:18");
  });
});
