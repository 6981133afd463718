// What clients send that nobody here wrote, in the order and with the fields that they send it with.

import { writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { brief } from "../io/client.ts";
import { KernelUnderTest } from "./kernel-process.ts";

let kernel: KernelUnderTest;

beforeAll(async () => {
  const { JPY_SESSION_NAME: _, ...env } = process.env;
  kernel = await KernelUnderTest.start({ ...env, JPY_SESSION_NAME: "", LOOPBOOK_TYPES: "off" });
});
afterAll(() => kernel?.[Symbol.asyncDispose]());

describe("VS Code", () => {
  /** As its extension for Jupyter runs a cell: the cell's own metadata beside its address. */
  const runCell = (code: string, cell = 0) => {
    const content = { code, silent: false, stop_on_error: false, allow_stdin: true, store_history: true };
    const cellId = `vscode-notebook-cell:${join(kernel.folder, "my%20lesson.ipynb")}#W${cell}sZmlsZQ%3D%3D`;
    return kernel.client.send("execute_request", content, "shell", {
      metadata: { cellId, vscode: { languageId: "typescript" }, tags: [] },
    });
  };
  const resultOf = async (id: string) => {
    const published = await kernel.client.published(id);
    expect((await kernel.client.receive()).parent).toBe(id);
    return published.find(({ type }) => type === "execute_result")?.content.data;
  };

  test("asks who the kernel is, and which comms there are", async () => {
    expect((await kernel.client.ask("kernel_info_request")).content).toMatchObject({ status: "ok" });
    expect((await kernel.client.ask("comm_info_request", { target_name: null })).content).toEqual({
      status: "ok",
      comms: {},
    });
  });

  test("runs code of its own first, which is not a cell", async () => {
    const content = { code: "1", silent: false, stop_on_error: false, allow_stdin: false, store_history: false };
    expect((await kernel.client.ask("execute_request", content)).content.status).toBe("ok");
  });

  test("tells with its first cell what the notebook is called", async () => {
    writeFileSync(join(kernel.folder, "helper.ts"), "export const helped = true");
    const code = "import { helped } from './helper.ts'; [helped, __filename, import.meta.filename, import.meta.url]";
    const shown = JSON.stringify(await resultOf(runCell(code)));
    expect(shown).toContain("true");
    expect(shown.match(/my lesson\.ipynb/g)).toHaveLength(2);
    expect(shown).toContain("my%20lesson.ipynb");
    expect(await resultOf(runCell("require.main === module", 1))).toEqual({ "text/plain": "true" });
  });

  test("completes, inspects, and asks for no history", async () => {
    const completed = await kernel.client.ask("complete_request", { code: "helpe", cursor_pos: 5 });
    expect(completed.content).toMatchObject({ status: "ok", matches: ["helped"] });
    const inspected = await kernel.client.ask("inspect_request", { code: "helped", cursor_pos: 6, detail_level: 0 });
    expect(inspected.content).toMatchObject({ status: "ok", found: true });
  });

  test("runs on after a cell that failed, because it says that it shall not stop", async () => {
    runCell("throw new Error('on purpose')", 2);
    const next = runCell("6 * 7", 3);
    expect((await kernel.client.receive()).content.status).toBe("error");
    expect(await resultOf(next)).toEqual({ "text/plain": "42" });
  });

  test("interrupts a cell by message", async () => {
    const id = runCell("while (true) {}", 4);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await kernel.client.ask("interrupt_request", {}, "control");
    expect((await kernel.client.receive()).content).toMatchObject({ ename: "KeyboardInterrupt" });
    await kernel.client.published(id);
  });
});

describe("null where a client has no value", () => {
  test.each([
    [
      "execute_request",
      { code: "1", silent: null, store_history: null, user_expressions: null, allow_stdin: null, stop_on_error: null },
    ],
    ["inspect_request", { code: "1", cursor_pos: 1, detail_level: null }],
    ["history_request", { hist_access_type: "tail", output: null, raw: null, n: null, session: null, unique: null }],
    ["comm_info_request", { target_name: null }],
  ])("is read as absent: %s", async (type, content) => {
    expect((await kernel.client.ask(type, content)).content.status).toBe("ok");
  });

  test("is read as absent in place of metadata and of a parent", async () => {
    const { client } = kernel;
    const header = client.header("execute_request");
    client.sendFrames(client.signedFrames(header, "null", "null", JSON.stringify({ code: "6 * 7" })));
    expect((await client.receive()).content.status).toBe("ok");
  });

  test("where a value is needed is refused, which shows among the outputs", async () => {
    const id = kernel.client.send("execute_request", { code: null });
    expect((await kernel.client.published(id)).map(brief)).toEqual(["busy", "error", "idle"]);
    expect((await kernel.client.receive()).content).toMatchObject({ status: "error", ename: "InvalidRequest" });
  });
});

test("a cell outside of the history has the number that the next cell in it has", async () => {
  const first = await kernel.run("1");
  const outside = await kernel.run("2", { store_history: false });
  const next = await kernel.run("3");
  const count = Number(first.reply.execution_count);
  expect(outside.published.find(({ type }) => type === "execute_input")?.content.execution_count).toBe(count + 1);
  expect(next.reply.execution_count).toBe(count + 1);
});

test("a usage_request is answered with what the kernel and the machine use, as ipykernel's is", async () => {
  const { client } = kernel;
  await client.ask("usage_request", {}, "control");
  await kernel.run("const busyUntil = Date.now() + 200; while (Date.now() < busyUntil);");
  const { type, content } = await client.ask("usage_request", {}, "control");
  expect(type).toBe("usage_reply");
  expect(content).toMatchObject({
    hostname: hostname(),
    pid: Number(await kernel.value("process.pid")),
    kernel_cpu: expect.any(Number),
    kernel_memory: expect.any(Number),
    cpu_count: expect.any(Number),
    host_virtual_memory: { total: expect.any(Number), available: expect.any(Number), percent: expect.any(Number) },
  });
  expect(content.kernel_cpu).toBeGreaterThan(0);
  expect(content.kernel_memory).toBeGreaterThan(10_000_000);
});
