// Signals to the kernel's process, and the processes that cells start.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { processTable } from "../../../kernel/io/process-table.ts";
import { KernelUnderTest } from "./kernel-process.ts";

const CHILDREN = "const { execFileSync, execSync, spawn, spawnSync } = await import('node:child_process');";
const BUSY = {
  "a busy loop": "console.log('at it'); while (true) {}",
  "a wait": "console.log('at it'); await new Promise(() => {})",
  "a wait for a child": `${CHILDREN} console.log('at it'); spawnSync('sleep', ['60'])`,
  "a blocking question": "console.log('at it'); prompt('?')",
};
const start = () => KernelUnderTest.start({ LOOPBOOK_TYPES: "off" });
const isRunning = async (pid: unknown) => (await processTable()).some((entry) => entry.pid === Number(pid));

describe.each(Object.entries(BUSY))("during %s", (_, code) => {
  test("SIGTERM ends the kernel", async () => {
    await using kernel = await start();
    await kernel.runUntilPrinted(code, { allow_stdin: true });
    kernel.signal("SIGTERM");
    expect(await kernel.exited).toEqual([null, "SIGTERM"]);
  });

  test("SIGINT interrupts the cell", async () => {
    await using kernel = await start();
    const { ran } = await kernel.runUntilPrinted(code, { allow_stdin: true });
    kernel.signal("SIGINT");
    expect((await ran).reply).toMatchObject({ ename: "KeyboardInterrupt" });
    expect(await kernel.value("6 * 7")).toBe("42");
  });
});

test("SIGTERM ends a kernel that does nothing, and SIGINT does it no harm", async () => {
  await using kernel = await start();
  kernel.signal("SIGINT");
  expect(await kernel.value("6 * 7")).toBe("42");
  kernel.signal("SIGTERM");
  expect(await kernel.exited).toEqual([null, "SIGTERM"]);
});

describe("an interrupt of a cell that waits for a child", () => {
  let kernel: KernelUnderTest;

  beforeAll(async () => {
    kernel = await start();
    await kernel.run(CHILDREN);
  });
  afterAll(() => kernel?.[Symbol.asyncDispose]());

  test.each([
    ["execSync", "execSync('sleep 60')"],
    ["execSync of several", "execSync('sleep 60; sleep 60')"],
    ["execFileSync", "execFileSync('sleep', ['60'])"],
    ["spawnSync", "spawnSync('sleep', ['60'])"],
    ["spawnSync, of a child that does not mind", `spawnSync('sh', ['-c', 'trap "" INT; sleep 60; sleep 60'])`],
  ])("ends both, and runs its clean-up: %s", async (_, call) => {
    const { ran } = await kernel.runUntilPrinted(
      `let cleaned = false; try { console.log('at it'); ${call} } finally { cleaned = true }`,
    );
    await kernel.client.ask("interrupt_request", {}, "control");
    expect((await ran).reply).toMatchObject({ ename: "KeyboardInterrupt" });
    expect(await kernel.value("cleaned")).toBe("true");
  });

  test("leaves other children alone", async () => {
    const other = await kernel.value("const other = spawn('sleep', ['60']); other.pid");
    const { ran } = await kernel.runUntilPrinted("console.log('at it'); execSync('sleep 60')");
    await kernel.client.ask("interrupt_request", {}, "control");
    expect((await ran).reply).toMatchObject({ ename: "KeyboardInterrupt" });
    expect(await isRunning(other)).toBe(true);
  });
});

describe("what cells have started", () => {
  /** A child, and a child of a child. */
  const FAMILY = `${CHILDREN} const shell = spawn('sh', ['-c', 'sleep 60 & echo $!; wait']);
    const grandchild = await new Promise<string>((resolve) => shell.stdout.once('data', (data) => resolve(String(data).trim())));
    \`\${shell.pid} \${grandchild}\``;
  const STUBBORN = `${CHILDREN} const child = spawn('sh', ['-c', 'trap "" TERM; echo at it; while true; do sleep 1; done']);
    await new Promise((resolve) => child.stdout.once('data', resolve)); child.pid`;

  const ends = {
    "a shutdown": (kernel: KernelUnderTest) => kernel.client.send("shutdown_request", { restart: false }, "control"),
    "a restart": (kernel: KernelUnderTest) => kernel.client.send("shutdown_request", { restart: true }, "control"),
    "process.exit()": (kernel: KernelUnderTest) => kernel.client.send("execute_request", { code: "process.exit()" }),
    SIGTERM: (kernel: KernelUnderTest) => kernel.signal("SIGTERM"),
  };

  test.each(Object.entries(ends))("ends with the kernel: %s", async (_, end) => {
    await using kernel = await start();
    const family = (await kernel.value(FAMILY))?.match(/\d+/g) ?? [];
    expect(family).toHaveLength(2);
    end(kernel);
    await kernel.exited;
    for (const pid of family) expect(await isRunning(pid)).toBe(false);
  });

  test("ends also where it does not mind being told to", async () => {
    await using kernel = await start();
    const pid = await kernel.value(STUBBORN);
    ends["a shutdown"](kernel);
    await kernel.exited;
    expect(await isRunning(pid)).toBe(false);
  });

  test("goes on where it was given a group of its own", async () => {
    await using kernel = await start();
    const pid = await kernel.value(`${CHILDREN} spawn('sleep', ['60'], { detached: true }).pid`);
    ends["a shutdown"](kernel);
    await kernel.exited;
    expect(await isRunning(pid)).toBe(true);
    process.kill(Number(pid));
  });
});
