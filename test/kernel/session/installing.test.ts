import { afterAll, describe, expect, test } from "vitest";
import { pathWithNpm } from "../../npm.ts";
import { write } from "./project-files.ts";
import { SessionProcess } from "./session-process.ts";

function sessionWithNpm(): SessionProcess {
  const { PATH } = process.env;
  process.env.PATH = pathWithNpm();
  try {
    return new SessionProcess();
  } finally {
    process.env.PATH = PATH;
  }
}

describe.skipIf(process.platform === "win32")("while a package is installed", () => {
  const session = sessionWithNpm();
  afterAll(() => session[Symbol.dispose]());

  test("a line says so, which is gone when it is done", async () => {
    const { text } = await session.run("import { name } from 'npm:one@1'; name");
    expect(text).toBe("Installing one@1 …<clear_output>'one@1'");
  });

  test("no line is shown of what is there already", async () => {
    const { text } = await session.run("(await import('npm:one@1')).name");
    expect(text).toBe("'one@1'");
  });

  test("what the cell has shown before stays", async () => {
    const { text } = await session.run("console.log('before'); (await import('npm:two')).name");
    expect(text).toBe("before\nInstalling two …'two'");
  });

  test("the line is gone as well where that fails", async () => {
    const { text } = await session.run("import 'npm:@types/none'");
    expect(text).toMatch(/^Installing @types\/none …<clear_output>Error: @types\/none could not be installed/);
  });

  test("an interrupt ends it, and other packages can be installed", async () => {
    const { parent, reply } = session.start("import { name } from 'npm:slow'");
    await session.shows(parent, "Installing slow");
    session.send({ type: "interrupt" });
    expect(await reply).toMatchObject({ ename: "KeyboardInterrupt" });
    expect((await session.run("import { name } from 'npm:three'; name")).result).toBe("'three'");
  });

  test("so does an interrupt at `import()`, and other cells do not wait for it", async () => {
    const { parent, reply } = session.start("const { name } = await import('npm:slow')");
    await session.shows(parent, "Installing slow");
    session.send({ type: "interrupt" });
    expect(await reply).toMatchObject({ ename: "KeyboardInterrupt" });
    expect((await session.run("(await import('npm:four')).name")).result).toBe("'four'");
  });
});

describe.skipIf(process.platform === "win32")("a package that is named", () => {
  const session = sessionWithNpm();
  afterAll(() => session[Symbol.dispose]());

  test("in a file that a file imports is installed as from a cell", async () => {
    write(session, {
      "helper.ts": "import { inner } from './inner'; export const outer = inner + '!'",
      "inner.js": "import { name } from 'npm:deep@2'; export const inner = name",
    });
    const { text } = await session.run("import { outer } from './helper.ts'; outer");
    expect(text).toBe("Installing deep@2 …<clear_output>'deep@2!'");
  });

  test("by an import map is installed as from a cell, its modules included", async () => {
    write(session, {
      "deno.json": { imports: { mapped: "npm:behind@1" } },
      "user.ts": "import { name } from 'mapped'; export const used = name",
    });
    const { text } = await session.run(
      "import { used } from './user.ts'; import { name } from 'mapped/index.js'; [used, name]",
    );
    expect(text).toBe("Installing behind@1 …<clear_output>[ 'behind@1', 'behind@1' ]");
  });

  test("by import() in a file is installed when that runs", async () => {
    write(session, { "later.ts": "export const load = (name: string) => import(name)" });
    const { text } = await session.run(
      "import { load } from './later.ts'; console.log('loaded'); (await load('npm:seven')).name",
    );
    expect(text).toBe("loaded\nInstalling seven …'seven'");
  });

  test("and is there can be required", async () => {
    expect((await session.run("import 'npm:five'; require('npm:five').name")).result).toBe("'five'");
    expect((await session.run("require('npm:six')")).text).toContain("npm:six is not installed for this notebook yet");
  });

  test("in a file and cannot be installed is told with the lines of the imports", async () => {
    write(session, { "failing.ts": "\nimport 'npm:@types/none'" });
    const { text } = await session.run("import './failing.ts'");
    expect(text).toContain("@types/none could not be installed");
    expect(text).toContain("failing.ts, line 2:8");
    expect(text).toMatch(/Cell \[\d+\], line 1:8/);
  });
});
