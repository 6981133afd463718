import { afterAll, describe, expect, test } from "vitest";
import { SessionProcess } from "./session-process.ts";

const session = new SessionProcess();
afterAll(() => session[Symbol.dispose]());

describe("the loop of a notebook", () => {
  test("is running in every cell: createTask works, run() is refused with what to write instead", async () => {
    const { result } = await session.run(
      'import { coroutine, createTask, run, sleep } from "loopbook"\nconst task = createTask(async () => 42); await task',
    );
    expect(result).toBe("42");
    const { text } = await session.run("run(async () => 1)");
    expect(text).toMatch(/RuntimeError: run\(\) cannot be called from a running event loop/);
  });

  test("is shared with modules and with require", async () => {
    const { result } = await session.run("require('loopbook').createTask === createTask");
    expect(result).toBe("true");
  });

  test("keeps a task of one cell running in the next, its output in its own cell", async () => {
    const { parent, reply } = session.start(
      'const ticker = createTask(async () => { for (let i = 1; i <= 3; i++) { await sleep(0.01); console.log("tick", i) } })\n0',
    );
    await reply;
    const next = await session.run("await ticker; 'done'");
    expect(session.textOf(parent)).toBe("0tick 1\ntick 2\ntick 3\n");
    expect(next.text).toBe("'done'");
  });
});

describe("a coroutine that nobody awaits", () => {
  const warning = /RuntimeWarning: coroutine 'greet' was never awaited/;

  test("warns at once where its value is dropped", async () => {
    const { text } = await session.run(
      "const greet = coroutine(async function greet() { return 'hi' })\ngreet();\nconsole.log('next')",
    );
    expect(text).toMatch(warning);
    expect(text.indexOf("never awaited")).toBeLessThan(text.indexOf("next"));
    expect(text).toMatch(/Cell \[\d+\]:2/);
  });

  test("warns in the cell that dropped it, by that cell's end, where its variable is gone", async () => {
    const { text } = await session.run("(() => { const dropped = greet(); return 1 })()");
    expect(text).toMatch(warning);
  });

  test("does not warn while a variable holds it", async () => {
    const { text } = await session.run("const held = greet(); 0");
    expect(text).toBe("0");
    expect((await session.run("await held")).result).toBe("'hi'");
  });

  test("has the name of its variable", async () => {
    const { text } = await session.run(
      "const arrow = coroutine(async () => 1), plain = coroutine(async function () { return 2 })\nconsole.log(arrow(), plain()); await arrow() + await plain()",
    );
    expect(text).toMatch(/<coroutine object arrow at .*<coroutine object plain at/);
  });

  test("is shown as Python shows it", async () => {
    expect((await session.run("const shown = greet(); console.log(shown); await shown")).text).toMatch(
      /<coroutine object greet at 0x[0-9a-f]+>/,
    );
  });
});

test("an exception of a task that nobody retrieved is shown in the cell that made the task", async () => {
  const { parent, reply } = session.start(
    "void createTask(async () => { await sleep(0.001); throw new RangeError('lost') }); 0",
  );
  await reply;
  await session.run("await sleep(0.02)");
  await session.run("0");
  await session.shows(parent, "Task exception was never retrieved");
  await session.shows(parent, "RangeError: lost");
});

test("a cancelled task ends at a foreign promise at once, its finally blocks run", async () => {
  const { text } = await session.run(`
    async function work() { try { await new Promise(r => setTimeout(r, 5000)) } finally { console.log("cleaned") } }
    const t = createTask(work()); await sleep(0.001); t.cancel();
    try { await t } catch (error) { console.log((error as Error).name) }`);
  expect(text).toBe("cleaned\nCancelledError\n");
});

test("an exclusive loop of awaits does not keep timers of other cells from firing", async () => {
  const { result } = await session.run(
    "let fired = false; setTimeout(() => { fired = true }, 1); for (let i = 0; i < 1e6 && !fired; i++) await sleep(0); fired",
  );
  expect(result).toBe("true");
});

test("a function that the kernel has rewritten runs in another thread all the same", async () => {
  const { result } = await session.run(`import { toThread } from "loopbook";
    [await toThread((n: number) => { while (true) if (n-- < 0) return "loop" }, 3),
     await toThread(async (n: number) => { try { for (const x of [n]) await null } finally { n++ } return n }, 3)]`);
  expect(result).toBe("[ 'loop', 4 ]");
});

test("an interrupt that ends a loop nobody awaits ends the cell too", async () => {
  const { parent, reply } = session.start(
    "(async () => { await sleep(0.001); console.log('spins'); for (let i = 0; ; i++) await (i % 1000 ? null : sleep(0)) })(); await new Promise(() => {})",
  );
  await session.shows(parent, "spins");
  session.send({ type: "interrupt" });
  expect(await reply).toMatchObject({ ename: "KeyboardInterrupt" });
});
