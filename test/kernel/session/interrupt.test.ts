import { afterAll, describe, expect, test } from "vitest";
import { SessionProcess } from "./session-process.ts";

const session = new SessionProcess();
afterAll(() => session[Symbol.dispose]());

describe("an interrupt of a cell that awaits", () => {
  test.each([
    ["a promise that never settles", "await new Promise(() => {})"],
    ["a sleep", 'import { sleep } from "loopbook"; await sleep(1000)'],
    ["an async function of the cell", "const wait = async () => { await new Promise(() => {}) }; await wait()"],
    [
      "a method, three calls deep",
      "class W { async a() { await this.b() } async b() { await new Promise(() => {}) } }\nconst c = async () => { await new W().a() }\nawait c()",
    ],
    [
      "a for await loop",
      "async function* never() { await new Promise(() => {}); yield 1 }\nfor await (const x of never()) x",
    ],
    ["gather", 'import { gather, sleep as s2 } from "loopbook"; await gather(s2(1000), s2(2000))'],
    ["Promise.all", "await Promise.all([new Promise(() => {}), 1])"],
  ])("ends it at once: %s", async (_name, code) => {
    await session.run("globalThis.kept = 42");
    const { parent, reply } = session.start(`${code.replace("await", "console.log('waiting'); await")}`);
    await session.shows(parent, "waiting");
    session.send({ type: "interrupt" });
    expect(await reply).toMatchObject({ status: "error", ename: "KeyboardInterrupt" });
    expect((await session.run("globalThis.kept")).result).toBe("42");
  });

  test("runs its finally blocks, innermost first, and waits for what they await", async () => {
    const { parent, reply } = session.start(`
      const inner = async () => { try { console.log("in"); await new Promise(() => {}) } finally { await new Promise(r => setTimeout(r, 20)); console.log("inner clean") } };
      try { await inner() } finally { console.log("outer clean") }`);
    await session.shows(parent, "in");
    session.send({ type: "interrupt" });
    expect((await reply).status).toBe("error");
    expect(session.textOf(parent)).toMatch(/in\ninner clean\nouter clean\nKeyboardInterrupt/);
  });

  test("leaves tasks of other cells running", async () => {
    const background = session.start(
      'import { createTask, sleep as nap } from "loopbook"\nlet ticks = 0; const ticker = createTask(async () => { for (;;) { await nap(0.002); ticks++ } }); 0',
    );
    await background.reply;
    const { reply } = session.start("await new Promise(() => {})");
    await new Promise((resolve) => setTimeout(resolve, 20));
    session.send({ type: "interrupt" });
    expect((await reply).status).toBe("error");
    const { result } = await session.run(
      "const before = ticks; await new Promise(r => setTimeout(r, 40)); [ticks > before, ticker.done()]",
    );
    expect(result).toBe("[ true, false ]");
    await session.run("ticker.cancel()");
  });

  test("asked twice gives up clean-up that does not end", async () => {
    const { parent, reply } = session.start(
      "try { await new Promise(() => {}) } finally { console.log('cleaning'); await new Promise(() => {}) }",
    );
    await new Promise((resolve) => setTimeout(resolve, 20));
    session.send({ type: "interrupt" });
    await session.shows(parent, "cleaning");
    session.send({ type: "interrupt" });
    expect(await reply).toMatchObject({ ename: "KeyboardInterrupt" });
    expect((await session.run("1 + 1")).result).toBe("2");
  });

  test("asked twice gives up a value that does not say how it is shown", async () => {
    const { parent, reply } = session.start(
      "({ async [Symbol.for('Jupyter.display')]() { console.log('asked'); await new Promise(() => {}) } })",
    );
    await session.shows(parent, "asked");
    session.send({ type: "interrupt" });
    session.send({ type: "interrupt" });
    expect(await reply).toMatchObject({ ename: "KeyboardInterrupt" });
  });

  test("of no cell does nothing", async () => {
    session.send({ type: "interrupt" });
    expect((await session.run("'still here'")).result).toBe("'still here'");
  });
});
