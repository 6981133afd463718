// The IO thread beside a main thread that does not come round to its messages.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Client, writeConnection } from "./client.ts";

let child: ChildProcess;
let client: Client;

beforeEach(async () => {
  const { path, connection, folder } = writeConnection();
  child = spawn(process.execPath, [join(import.meta.dirname, "spinning-main.ts"), path], {
    env: { ...process.env, JUPYTER_DATA_DIR: folder },
    stdio: ["ignore", "inherit", "inherit"],
  });
  client = new Client(connection);
  await client.ready();
});
afterEach(() => {
  client.close();
  child.kill("SIGKILL");
});

const run = async (code: string) => (await client.ask("execute_request", { code })).content;
/** Starts a cell and gives it time to be where it will stay. */
async function start(code: string): Promise<string> {
  const id = client.send("execute_request", { code });
  await sleep(100);
  return id;
}

describe("while the main thread spins", () => {
  test("an interrupt stops it, and what was defined is kept", async () => {
    await run("let kept = 7");
    await start("while (true) {}");
    await client.ask("interrupt_request", {}, "control");
    expect((await client.receive()).content).toMatchObject({ status: "error", ename: "Stopped" });
    const { content } = await client.ask("complete_request", { code: "kep", cursor_pos: 3 });
    expect(content.matches).toEqual(["kept"]);
  });

  test.each([
    ["a catastrophic regular expression", "/(a+)+$/.test('a'.repeat(40) + 'b')"],
    ["a sleep in Atomics.wait", "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)"],
  ])("an interrupt stops %s", async (_, code) => {
    await start(code);
    await client.ask("interrupt_request", {}, "control");
    expect((await client.receive()).content).toMatchObject({ status: "error", ename: "Stopped" });
  });

  test("an interrupt stops a loop of microtasks that an earlier cell left behind", async () => {
    await run("(function f() { Promise.resolve().then(f) })()");
    const next = start("1");
    await client.ask("interrupt_request", {}, "control");
    await next;
    expect((await client.receive()).content).toMatchObject({ status: "ok" });
  });

  test("a shutdown ends the process even where V8 cannot stop it", async () => {
    await start("process.getBuiltinModule('node:crypto').pbkdf2Sync('a', 'b', 2 ** 31 - 1, 64, 'sha512')");
    const exited = once(child, "exit");
    await client.ask("shutdown_request", { restart: false }, "control");
    expect(await exited).toEqual([null, "SIGKILL"]);
  });

  test("what it prints arrives", async () => {
    const id = await start("print('hello'); while (true) {}");
    for (;;) {
      const message = await client.nextPublished();
      if (message.type !== "stream") continue;
      expect(message).toMatchObject({ parent: id, content: { name: "stdout", text: "hello" } });
      return;
    }
  });

  test("50 MB that it prints arrive whole before its idle", async () => {
    const id = client.send("execute_request", { code: "for (let i = 0; i < 500; i++) print('x'.repeat(100_000))" });
    const texts = (await client.published(id)).flatMap(({ type, content }) =>
      type === "stream" ? [String(content.text)] : [],
    );
    expect(texts.reduce((sum, text) => sum + text.length, 0)).toBe(50_000_000);
    expect(Math.max(...texts.map((text) => text.length))).toBeLessThanOrEqual(1 << 20);
  });

  test("completion, inspection and kernel_info answer", async () => {
    await run("const list = [1, 2, 3]; function addUp(a, b) { return a + b }");
    await start("while (true) {}");
    const members = (await client.ask("complete_request", { code: "list.", cursor_pos: 5 })).content;
    expect(members).toMatchObject({ status: "ok", cursor_start: 5, cursor_end: 5 });
    expect(members.matches).toEqual(expect.arrayContaining(["map", "at", "length", "flatMap"]));
    const found = (await client.ask("inspect_request", { code: "addUp", cursor_pos: 5, detail_level: 1 })).content;
    expect(found).toMatchObject({
      found: true,
      data: { "text/plain": "function addUp(a, b)\n\nfunction addUp(a, b) { return a + b }" },
    });
    expect((await client.ask("kernel_info_request")).content.status).toBe("ok");
  });

  test("a shutdown ends the process", async () => {
    await start("while (true) {}");
    const exited = once(child, "exit");
    await client.ask("shutdown_request", { restart: false }, "control");
    expect(await exited).toEqual([0, null]);
  });
});

describe("completion", () => {
  const complete = async (code: string, position = [...code].length) =>
    (await client.ask("complete_request", { code, cursor_pos: position })).content;

  test("counts in code points", async () => {
    await run("const café = { größe: 1 }");
    expect(await complete("'😀😀'; café.gr")).toMatchObject({ matches: ["größe"], cursor_start: 11, cursor_end: 13 });
  });

  test("puts own and public members first", async () => {
    await run("class Base { far() {} }; const o = new (class extends Base { _own = 1; own = 2; near() {} })()");
    const { matches } = await complete("o.");
    const mine = ["own", "near", "far", "_own"];
    expect(Array.isArray(matches) && matches.filter((name) => mine.includes(name))).toEqual(mine);
  });

  test("offers keys of an index in quotes", async () => {
    await run("const record = { 'a b': 1, ab: 2, b: 3 }");
    expect(await complete("record['a")).toMatchObject({ matches: ["a b", "ab"], cursor_start: 8, cursor_end: 9 });
  });

  test("runs neither getters nor functions with effects", async () => {
    await run("var touched = 0; const g = { get x() { touched++; return {} } }; function f() { touched++; return {} }");
    await complete("g.x.");
    await complete("f().");
    expect((await client.ask("inspect_request", { code: "touched", cursor_pos: 7 })).content.data).toMatchObject({
      "text/plain": expect.stringContaining("touched: number = 0"),
    });
  });

  test("offers keywords and globals, and none of the kernel's own names", async () => {
    await run("globalThis.$loopbook_secret = 1; const __loopbookSecret = 1");
    expect((await complete("awa")).matches).toContain("await");
    expect((await complete("setTime")).matches).toEqual(["setTimeout"]);
    expect((await complete("$loop")).matches).toEqual([]);
    expect((await complete("__loop")).matches).toEqual([]);
  });
});
