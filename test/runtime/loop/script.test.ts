import { execFile, spawnSync } from "node:child_process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const node = path("../../../node_modules/.bin/node");
const runtime = (file: string) => pathToFileURL(path(`../../../runtime/${file}`)).href;

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a module as a script of its own. */
function script(source: string, ...flags: string[]): Promise<Ended> {
  const program = `
    import * as loopbook from "${runtime("index.ts")}";
    const { checkpoint, coroutine, createTask, gather, run, sleep } = loopbook;
    ${source}`;
  const args = [...flags, "--input-type=module", "--no-warnings", "-e", program];
  return new Promise((resolve) => {
    const child = execFile(node, args, (_, stdout, stderr) => resolve({ code: child.exitCode ?? -1, stdout, stderr }));
  });
}

describe("a script", () => {
  test("that forgets an await is warned at its end, with the place", async () => {
    const { stderr, code } = await script(`
      const greet = coroutine(async function greet() {});
      await run(async () => { greet(); });`);
    expect(stderr).toContain("RuntimeWarning: coroutine 'greet' was never awaited");
    expect(stderr).toMatch(/\[eval1\]:\d+/);
    expect(code).toBe(0);
  });

  test("is told of a task whose error nobody read, and goes on", async () => {
    const { stdout, stderr, code } = await script(`
      await run(async () => {
        createTask(async () => { throw new Error("lost"); });
        await sleep(0.01);
        console.log("still here");
      });`);
    expect(stdout).toBe("still here\n");
    expect(stderr).toContain("Task exception was never retrieved");
    expect(stderr).toContain("lost");
    expect(code).toBe(0);
  });

  test("cannot make a task outside of a loop", async () => {
    const { stderr, code } = await script("createTask(async () => {});");
    expect(stderr).toContain("RuntimeError: no running event loop");
    expect(code).toBe(1);
  });

  test("ends as soon as its work is done, whatever timers were cancelled", async () => {
    const { code } = await script("await run(() => loopbook.waitFor(sleep(0.01), 86_400));");
    expect(code).toBe(0);
  });

  test("fails with the error of its program", async () => {
    const { stderr, code } = await script(`await run(async () => { throw new TypeError("wrong"); });`);
    expect(stderr).toContain("TypeError: wrong");
    expect(code).toBe(1);
  });
});

test("a loop goes on after V8 terminated what it ran, which dropped its pending turns", async () => {
  const { stdout, stderr } = await script(
    `
    const { startLoop } = await import("${runtime("host.ts")}");
    const { Worker } = await import("node:worker_threads");
    const loop = startLoop();
    const stopper = new Worker(\`
      const { Session } = process.getBuiltinModule("node:inspector");
      const { parentPort } = process.getBuiltinModule("node:worker_threads");
      const session = new Session();
      session.connectToMainThread();
      parentPort.on("message", (ms) => setTimeout(() => session.post("Runtime.terminateExecution"), ms));
      parentPort.postMessage("ready");\`, { eval: true });
    await new Promise((resolve) => stopper.once("message", resolve));
    let ticks = 0;
    createTask(async () => { for (;;) { ticks++; await sleep(0.002); } });
    const ticking = async (label) => {
      loop.recover();
      const enough = ticks + 3;
      while (ticks < enough) await new Promise((resolve) => setTimeout(resolve, 1));
      console.log(label);
    };
    const session = new (await import("node:inspector")).Session();
    session.connect();
    globalThis.start = (fn) => loop.createTask(fn);
    const stop = async (expression) => {
      stopper.postMessage(40);
      session.post("Runtime.evaluate", { expression, replMode: true }, () => {});
      await new Promise((resolve) => setTimeout(resolve, 120));
    };
    await stop("while (true) {}");
    await ticking("after a loop in a cell");
    await stop("start(async () => { while (true) {} }); 0");
    await ticking("after a loop in a task");
    await stop("start(async () => { for (;;) await null; }); 0");
    await ticking("after a loop of microtasks");
    process.exit(0);`,
    "--no-force-async-hooks-checks",
  );
  expect(stderr.replace(/.*debugger.*\n/gi, "")).toBe("");
  expect(stdout).toBe("after a loop in a cell\nafter a loop in a task\nafter a loop of microtasks\n");
});

test("LOOPBOOK_CLOCK=virtual gives a whole script virtual time", () => {
  const { stdout } = spawnSync(
    process.execPath,
    [
      "--input-type=module",
      "-e",
      `import { run, sleep, getRunningLoop } from ${JSON.stringify(new URL("../../../runtime/index.ts", import.meta.url).href)};
       await run(async () => { await sleep(86_400); console.log(getRunningLoop().time()); });`,
    ],
    { encoding: "utf8", env: { ...process.env, LOOPBOOK_CLOCK: "virtual" } },
  );
  expect(stdout).toBe("86400\n");
});
