// What Deno's kernel is tested by beside execution: who it is, its questions to the user, comms, interrupts and its end.

import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { KernelUnderTest } from "./kernel-process.ts";

let kernel: KernelUnderTest;

beforeAll(async () => {
  kernel = await KernelUnderTest.start({ LOOPBOOK_TYPES: "off" });
});
afterAll(() => kernel?.[Symbol.asyncDispose]());

describe("the kernel", () => {
  test("echoes heartbeats", async () => expect(await kernel.client.ping("ping")).toBe("ping"));

  test("says on the control channel who it is", async () => {
    const { type, content } = await kernel.client.ask("kernel_info_request", {}, "control");
    expect(type).toBe("kernel_info_reply");
    expect(content).toMatchObject({
      status: "ok",
      implementation: "loopbook",
      language_info: {
        name: "typescript",
        mimetype: "application/typescript",
        file_extension: ".ts",
        pygments_lexer: "typescript",
        nbconvert_exporter: "script",
      },
    });
  });

  test.each([
    ["complete", "await Promise.resolve(1)", { status: "complete" }],
    ["incomplete", "if (true) {", { status: "incomplete", indent: "  " }],
    ["invalid", "const 1x = 2", { status: "invalid" }],
  ])("knows whether code is %s", async (_, code, content) => {
    expect((await kernel.client.ask("is_complete_request", { code })).content).toEqual(content);
  });

  test("finds in its history what has been run", async () => {
    await kernel.run("const lookedFor = 6 * 7");
    const search = { hist_access_type: "search", pattern: "*looked?or*", n: 1 };
    expect((await kernel.client.ask("history_request", search)).content).toMatchObject({
      status: "ok",
      history: [[expect.any(Number), expect.any(Number), "const lookedFor = 6 * 7"]],
    });
  });
});

describe("a question to the user", () => {
  test("goes out on stdin, and its answer comes back to the cell", async () => {
    const ran = kernel.run("prompt('name?')", { allow_stdin: true });
    const question = await kernel.client.receive("stdin");
    expect(question.type).toBe("input_request");
    expect(question.content).toEqual({ prompt: "name? ", password: false });
    kernel.client.send("input_reply", { value: "Ada" }, "stdin");
    const { id, reply, published } = await ran;
    expect(question.parent).toBe(id);
    expect(reply.status).toBe("ok");
    expect(published).toContainEqual(
      expect.objectContaining({
        type: "execute_result",
        content: expect.objectContaining({ data: { "text/plain": "'Ada'" } }),
      }),
    );
  });

  test("that nobody awaits is given up with its cell, and the next one is asked", async () => {
    await kernel.run("void input('first?'); await new Promise((resolve) => setTimeout(resolve, 5)); 0", {
      allow_stdin: true,
    });
    expect((await kernel.client.receive("stdin")).content.prompt).toBe("first?");
    const ran = kernel.run("await input('second?')", { allow_stdin: true });
    expect((await kernel.client.receive("stdin")).content.prompt).toBe("second?");
    kernel.client.send("input_reply", { value: "Ada" }, "stdin");
    const { published } = await ran;
    expect(published.find(({ type }) => type === "execute_result")?.content.data).toEqual({ "text/plain": "'Ada'" });
  });

  test("fails at once where nobody can be asked", async () => {
    const { reply } = await kernel.run("prompt('x?')", { allow_stdin: false });
    expect(reply).toMatchObject({ status: "error", ename: "StdinNotAllowedError" });
  });
});

describe("a comm", () => {
  test("that nobody in the kernel knows is closed again", async () => {
    const id = kernel.client.send("comm_open", { comm_id: "foo", target_name: "jupyter.widget", data: { state: {} } });
    const types = (await kernel.client.published(id)).map(({ type, content }) => [type, content.comm_id]);
    expect(types).toContainEqual(["comm_close", "foo"]);
    expect((await kernel.client.ask("comm_info_request", {})).content).toEqual({ status: "ok", comms: {} });
  });

  test("that is not open takes messages with buffers without harm", async () => {
    const content = { comm_id: "foo", data: { method: "update", state: { answer: null }, buffer_paths: [["answer"]] } };
    const id = kernel.client.send("comm_msg", content, "shell", { buffers: [new Uint8Array([42])] });
    expect((await kernel.client.published(id)).map(({ type }) => type)).toEqual(["status", "status"]);
    expect((await kernel.run("1")).reply.status).toBe("ok");
  });
});

describe("an interrupt", () => {
  test("is answered while nothing runs, and does no harm", async () => {
    const { type, content } = await kernel.client.ask("interrupt_request", {}, "control");
    expect([type, content]).toEqual(["interrupt_reply", { status: "ok" }]);
    expect((await kernel.run("42")).reply.status).toBe("ok");
  });

  test.each([
    ["spins", "while (true) {}"],
    ["waits", "await new Promise(() => {})"],
  ])("ends a cell that %s, and the next one runs", async (_, code) => {
    let ended = false;
    const ran = kernel.run(code).finally(() => {
      ended = true;
    });
    // The first may come before the cell: it does no harm then.
    for (; !ended; await sleep(50)) await kernel.client.ask("interrupt_request", {}, "control");
    expect((await ran).reply).toMatchObject({ status: "error", ename: "KeyboardInterrupt" });
    expect((await kernel.run("42")).reply.status).toBe("ok");
  });
});

describe("a shutdown", () => {
  test.each([false, true])("is answered, and ends the process without an error (restart: %s)", async (restart) => {
    await using own = await KernelUnderTest.start();
    const { type, content } = await own.client.ask("shutdown_request", { restart }, "control");
    expect([type, content]).toEqual(["shutdown_reply", { status: "ok", restart }]);
    expect(await own.exited).toEqual([0, null]);
  });
});
