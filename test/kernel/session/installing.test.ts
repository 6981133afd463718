// A session whose npm is a program of ours: what it fetches is made on the spot, `slow` takes for ever.
import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { SessionProcess } from "./session-process.ts";

const NPM = `#!/usr/bin/env node
const fs = require("node:fs");
const target = process.argv.find((argument) => argument.includes("@npm:"));
const [alias, name] = target.split("@npm:");
if (name.startsWith("@types/")) process.exit(1);
if (name === "slow") setInterval(() => {}, 1000);
else {
  fs.mkdirSync("node_modules/" + alias, { recursive: true });
  const manifest = { name: alias, type: "module", exports: "./index.js", node: process.version };
  fs.writeFileSync("node_modules/" + alias + "/package.json", JSON.stringify(manifest));
  fs.writeFileSync("node_modules/" + alias + "/index.js", "export const name = '" + name + "'");
}
`;

function sessionWithNpm(): SessionProcess {
  const bin = mkdtempSync(join(tmpdir(), "lb-npm-"));
  writeFileSync(join(bin, "npm"), NPM);
  chmodSync(join(bin, "npm"), 0o755);
  const { PATH } = process.env;
  process.env.PATH = `${bin}${delimiter}${PATH}`;
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
