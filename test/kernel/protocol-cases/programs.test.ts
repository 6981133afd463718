// What does not go through process.stdout: programs that a cell starts, native code, other threads, descriptors.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { KernelUnderTest, type Ran } from "./kernel-process.ts";

let kernel: KernelUnderTest;

beforeAll(async () => {
  kernel = await KernelUnderTest.start({ LOOPBOOK_TYPES: "off" });
});
afterAll(() => kernel?.[Symbol.asyncDispose]());

const imports =
  'import cp from "node:child_process"; import fs from "node:fs"; import { once } from "node:events"; import { Worker } from "node:worker_threads";';
const run = (code: string): Promise<Ran> => kernel.run(`${imports}\n${code}`);
/** All that a cell has said on a stream, or on both in the order it was said. */
const text = ({ published }: Ran, name?: "stdout" | "stderr"): string =>
  published
    .filter(({ type, content }) => type === "stream" && (name === undefined || content.name === name))
    .map(({ content }) => String(content.text))
    .join("");

describe("what a program prints is shown in the cell", () => {
  test.each([
    ["spawnSync", 'cp.spawnSync("echo", ["out"], { stdio: "inherit" })'],
    ["execFileSync with descriptors", 'cp.execFileSync("echo", ["out"], { stdio: [0, 1, 2] })'],
    [
      "execSync with the process's streams",
      'cp.execSync("echo out", { stdio: ["ignore", process.stdout, process.stderr] })',
    ],
    ["spawn", 'await once(cp.spawn("echo", ["out"], { stdio: "inherit" }), "exit")'],
    ["a program's program", 'cp.spawnSync("sh", ["-c", "(sleep 0.05; echo out) & wait"], { stdio: "inherit" })'],
    ["what a program opens by name", 'cp.execSync("echo out > /dev/stdout", { stdio: "inherit" })'],
    ["fork", 'fs.writeFileSync("f.mjs", "console.log(\'out\')"); await once(cp.fork("f.mjs"), "exit")'],
    ["one that ends in an error", 'try { cp.execSync("echo out; exit 3", { stdio: "inherit" }) } catch {}'],
    [
      "one whose function was not imported",
      'process.getBuiltinModule("child_process").spawnSync("echo", ["out"], { stdio: "inherit" })',
    ],
  ])("once: %s", async (_name, code) => {
    expect(text(await run(code))).toBe("out\n");
  });

  test("in its place among other text, errors apart", async () => {
    const ran = await run(
      'console.log("a"); cp.execSync("echo b; echo err >&2", { stdio: "inherit" }); console.log("c"); await once(cp.spawn("echo", ["d"], { stdio: "inherit" }), "exit"); console.log("e")',
    );
    expect(text(ran, "stdout")).toBe("a\nb\nc\nd\ne\n");
    expect(text(ran, "stderr")).toBe("err\n");
  });

  test("and in the cell that started it, however late", async () => {
    const { id } = await run('cp.spawn("sh", ["-c", "sleep 0.3; echo late"], { stdio: "inherit" }); 0');
    expect(text(await run("console.log('mine')"))).toBe("mine\n");
    expect(await kernel.client.nextPublished()).toMatchObject({
      parent: id,
      content: { name: "stdout", text: "late\n" },
    });
  });

  test("while the main thread waits for it, and is more than a pipe holds", async () => {
    const ran = await run(
      'cp.spawnSync("sh", ["-c", "head -c 2000000 /dev/zero | tr \\"\\\\0\\" x"], { stdio: ["ignore", 1, 2] }).status',
    );
    expect(text(ran)).toBe("x".repeat(2_000_000));
  });

  test("and nothing is there for it to read", async () => {
    expect((await run('cp.execSync("cat; read x || echo end", { stdio: "inherit" })')).reply.status).toBe("ok");
  });
});

describe("what is written to a descriptor is shown in the cell", () => {
  test.each([
    ["by Node itself", 'process._rawDebug("out")'],
    ["in a thread", "await once(new Worker(\"require('fs').writeSync(1, 'out\\\\n')\", { eval: true }), \"exit\")"],
    ["by name", 'fs.writeFileSync("/proc/self/fd/1", "out\\n")'],
    ["a warning of Node's", 'process.emitWarning("out"); await new Promise((resolve) => setTimeout(resolve, 20))'],
  ])("also what no stream sees: %s", async (_name, code) => {
    expect(text(await run(code))).toContain("out\n");
  });

  test("in its place among other text", async () => {
    const ran = await run(
      'for (const n of [1, 2, 3]) { console.log(n); fs.writeSync(1, "fd " + n + "\\n"); fs.appendFileSync("/dev/stdout", "file\\n") }',
    );
    expect(text(ran)).toBe("1\nfd 1\nfile\n2\nfd 2\nfile\n3\nfd 3\nfile\n");
  });

  test("and descriptors stay open, whoever closes them", async () => {
    await run('await once(fs.createWriteStream("", { fd: 1 }).end("through a stream\\n"), "close"); fs.closeSync(2)');
    expect(text(await run('process._rawDebug("still open")'))).toBe("still open\n");
  });
});
