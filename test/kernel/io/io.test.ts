import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ExecuteRequest } from "../../../kernel/channel/messages.ts";
import { Signal } from "../../../kernel/channel/signals.ts";
import { until } from "../../until.ts";
import { brief, Client } from "./client.ts";
import { FakeKernel } from "./fake-kernel.ts";

let kernel: FakeKernel;
let client: Client;
let stopped: boolean;

beforeEach(async () => {
  kernel = new FakeKernel();
  client = kernel.client;
  stopped = false;
  await kernel.start();
});
afterEach(() => (stopped ? undefined : kernel.stop()));

const execute = (code: string, extra: object = {}): string => client.send("execute_request", { code, ...extra });
/** Cells stay unanswered until the test answers them. */
function holdCells(): ExecuteRequest[] {
  const held: ExecuteRequest[] = [];
  kernel.onExecute = (request) => held.push(request);
  return held;
}

describe("the kernel's channels", () => {
  test("echo a heartbeat", async () => expect(await client.ping("pong?")).toBe("pong?"));

  test("welcome every subscriber, also a second one and one that filters", async () => {
    for (const subscription of ["", "stream"]) {
      const other = new Client(kernel.connection, { subscription });
      const welcome = await other.nextPublished();
      expect(welcome).toMatchObject({ type: "iopub_welcome", content: { subscription }, parent: undefined });
      other.close();
    }
  });

  test("tell who the kernel is on shell and on control", async () => {
    for (const channel of ["shell", "control"] as const) {
      const { content } = await client.ask("kernel_info_request", {}, channel);
      expect(content).toMatchObject({
        status: "ok",
        implementation: "loopbook",
        protocol_version: "5.5",
        language_info: { name: "typescript", file_extension: ".ts" },
      });
    }
  });
});

describe("a cell", () => {
  test("is busy, outputs in their order, reply, idle", async () => {
    kernel.onExecute = ({ parent, code }) => {
      kernel.event({ type: "publish", parent, messageType: "execute_input", content: { code, execution_count: 1 } });
      kernel.print(parent, "a\n");
      kernel.print(parent, "b\n");
      kernel.event({ type: "publish", parent, messageType: "display_data", content: { data: {}, metadata: {} } });
      kernel.print(parent, "c\n");
      kernel.ok(parent);
    };
    const id = execute("x");
    const reply = await client.receive();
    expect(reply).toMatchObject({ type: "execute_reply", parent: id, content: { status: "ok" } });
    expect((await client.published(id)).map(brief)).toEqual([
      "busy",
      "execute_input",
      "stream a\nb\n",
      "display_data",
      "stream c\n",
      "idle",
    ]);
  });

  test("reaches the session with its options", async () => {
    execute("x", { silent: true, store_history: true, allow_stdin: true, user_expressions: { a: "1" } });
    await client.receive();
    expect(kernel.requests[0]).toMatchObject({
      type: "execute",
      code: "x",
      silent: true,
      storeHistory: false,
      allowStdin: true,
      userExpressions: { a: "1" },
    });
  });

  test("keeps its late output as its own", async () => {
    const first = execute("1");
    await client.published(first);
    const [request] = kernel.requests;
    await client.published(execute("2"));
    if (request?.type === "execute") kernel.print(request.parent, "late");
    expect(await client.nextPublished()).toMatchObject({ type: "stream", parent: first });
  });

  test("that is forgotten prints without a parent", async () => {
    const id = execute("1");
    await client.published(id);
    kernel.event({ type: "forget", parent: 2 });
    const [request] = kernel.requests;
    if (request?.type !== "execute") throw new Error("no cell");
    kernel.event({ type: "forget", parent: request.parent });
    await sleep(5);
    // The latest one is known anyway: a program or native code may still print for it.
    kernel.print(request.parent, "late");
    expect(await client.nextPublished()).toMatchObject({ type: "stream", parent: id });
    await client.published(execute("2"));
    kernel.print(request.parent, "very late");
    expect(await client.nextPublished()).toMatchObject({ type: "stream", parent: undefined });
  });

  test("runs after the one before it", async () => {
    const held = holdCells();
    execute("1");
    execute("2");
    await until(() => held.length > 0);
    await sleep(10);
    expect(held.map(({ code }) => code)).toEqual(["1"]);
    kernel.ok(held[0]?.parent ?? 0);
    await until(() => held.length > 1);
    kernel.ok(held[1]?.parent ?? 0);
    await client.receive();
  });

  test("whose reply is not JSON is answered by an error", async () => {
    kernel.onExecute = ({ parent }) =>
      kernel.event({
        type: "reply",
        parent,
        content: { status: "ok", execution_count: 1, user_expressions: { big: 1n }, payload: [] },
        seconds: 0,
      });
    execute("1");
    expect((await client.receive()).content).toMatchObject({ status: "error", ename: "TypeError" });
    expect((await client.ask("kernel_info_request")).content.status).toBe("ok");
  });
});

describe("a failed cell", () => {
  test("aborts a thousand cells behind it, each with busy and idle", async () => {
    kernel.onExecute = ({ parent }) => kernel.fail(parent);
    const ids = Array.from({ length: 1_001 }, (_, i) => execute(String(i)));
    const statuses: unknown[] = [];
    for (const _ of ids) statuses.push((await client.receive()).content.status);
    expect(statuses).toEqual(["error", ...Array(1_000).fill("aborted")]);
    expect((await client.published(ids.at(-1) ?? "")).map(brief)).toEqual(["busy", "idle"]);
    expect(kernel.requests.filter(({ type }) => type === "execute")).toHaveLength(1);
  });

  test("does not abort what is sent after its reply", async () => {
    kernel.onExecute = ({ parent, code }) => (code === "bad" ? kernel.fail(parent) : kernel.ok(parent));
    for (let i = 0; i < 20; i++) {
      expect((await client.ask("execute_request", { code: "bad" })).content.status).toBe("error");
      expect((await client.ask("execute_request", { code: "good" })).content.status).toBe("ok");
    }
  });

  test.each([{ stop_on_error: false }, { silent: true }])("aborts nothing with %j", async (options) => {
    kernel.onExecute = ({ parent, code }) => (code === "bad" ? kernel.fail(parent) : kernel.ok(parent));
    execute("bad", options);
    execute("good");
    expect((await client.receive()).content.status).toBe("error");
    expect((await client.receive()).content.status).toBe("ok");
  });
});

describe("while a cell runs", () => {
  test("other requests are answered, and the cell is shown as busy again", async () => {
    const held = holdCells();
    const cell = execute("1");
    await until(() => held.length > 0);
    const reply = await client.ask("is_complete_request", { code: "if (x) {" });
    expect(reply.content).toEqual({ status: "incomplete", indent: "  " });
    const seen = [];
    while (seen.length < 4) seen.push(await client.nextPublished());
    expect(seen.map((m) => [brief(m), m.parent])).toEqual([
      ["busy", cell],
      ["busy", reply.parent],
      ["idle", reply.parent],
      ["busy", cell],
    ]);
  });

  test("comm messages wait for it, and are busy and idle when it is their turn", async () => {
    const held = holdCells();
    kernel.onRequest = (request) => {
      if (request.type === "comm_open") kernel.event({ type: "handled", parent: request.parent });
    };
    execute("1");
    await until(() => held.length > 0);
    const buffers = [new Uint8Array([1, 2, 3])];
    const id = client.send("comm_open", { comm_id: "c", target_name: "t", data: {} }, "shell", { buffers });
    await sleep(10);
    expect(kernel.requests.map(({ type }) => type)).toEqual(["execute"]);
    kernel.ok(held[0]?.parent ?? 0);
    expect((await client.published(id)).map(brief)).toEqual(["busy", "idle"]);
    expect(kernel.requests[1]).toMatchObject({ type: "comm_open", content: { target_name: "t" }, buffers });
    const info = await client.ask("comm_info_request", { target_name: "t" });
    expect(info.content).toEqual({ status: "ok", comms: { c: { target_name: "t" } } });
  });
});

describe("a question", () => {
  test("goes to the client that runs the cell, and its answer to the session", async () => {
    const other = new Client(kernel.connection);
    kernel.onExecute = ({ parent }) =>
      kernel.event({ type: "input_request", parent, question: 1, prompt: "?", password: true });
    const id = execute("x");
    expect(await client.receive("stdin")).toMatchObject({
      type: "input_request",
      parent: id,
      content: { prompt: "?", password: true },
    });
    client.send("input_reply", { value: "yes" }, "stdin");
    await until(() => Atomics.load(kernel.signals, Signal.input) === 1);
    expect(kernel.input()).toEqual({ type: "input_reply", question: 1, value: "yes" });
    other.close();
  });

  test("waits for a client whose stdin channel connects late", async () => {
    const late = new Client(kernel.connection, { stdinDelay: 200 });
    kernel.onExecute = ({ parent }) =>
      kernel.event({ type: "input_request", parent, question: 1, prompt: "?", password: false });
    late.send("execute_request", { code: "x" });
    expect((await late.receive("stdin")).type).toBe("input_request");
    late.close();
  });

  test("is given up with its cell: a late answer to it is none to the next one", async () => {
    const held = holdCells();
    const asked = async (question: number): Promise<string> => {
      await until(() => held.length === question);
      kernel.event({ type: "input_request", parent: held.at(-1)?.parent ?? 0, question, prompt: "?", password: false });
      return (await client.receive("stdin")).id;
    };
    execute("1");
    const first = await asked(1);
    kernel.ok(held[0]?.parent ?? 0);
    execute("2");
    const second = await asked(2);
    client.send("input_reply", { value: "late" }, "stdin", { parent: first });
    client.send("input_reply", { value: "in time" }, "stdin", { parent: second });
    await until(() => Atomics.load(kernel.signals, Signal.input) === 1);
    expect(kernel.input()).toEqual({ type: "input_reply", question: 2, value: "in time" });
    kernel.ok(held[1]?.parent ?? 0);
  });

  test("that nobody asked is not answered", async () => {
    client.send("input_reply", { value: "yes" }, "stdin");
    await sleep(20);
    expect(kernel.input()).toBeUndefined();
  });
});

describe("a bad message", () => {
  const HEADER = '{"msg_id":"1","msg_type":"execute_request"}';

  test.each([
    ["no frame but one", ["x"]],
    ["truncated", ["<IDS|MSG>", "00", HEADER]],
    ["unsigned", ["<IDS|MSG>", "", HEADER, "{}", "{}", '{"code":"1"}']],
    ["badly signed", ["<IDS|MSG>", "0".repeat(64), HEADER, "{}", "{}", '{"code":"1"}']],
    ["binary", [new Uint8Array(1_000).fill(255)]],
  ])("is ignored, and the next one answered: %s", async (_, frames) => {
    client.sendFrames(frames);
    expect((await client.ask("kernel_info_request")).content.status).toBe("ok");
    expect(kernel.requests).toEqual([]);
  });

  test("is ignored when it is sent twice", async () => {
    const frames = client.frames(client.header("execute_request"), { code: "1" });
    client.sendFrames(frames);
    client.sendFrames(frames);
    await client.ask("kernel_info_request");
    expect(kernel.requests).toHaveLength(1);
  });

  test.each([
    ["execute_request", { code: 7 }],
    ["complete_request", {}],
    ["no_such_request", {}],
  ])("%s with content %j is answered by an error, which shows among the outputs too", async (type, content) => {
    const reply = await client.ask(type, content);
    expect(reply.type).toBe(type.replace("_request", "_reply"));
    expect(reply.content).toMatchObject({ status: "error", ename: "InvalidRequest" });
    expect((await client.published(reply.parent ?? "")).map(brief)).toEqual(["busy", "error", "idle"]);
  });
});

describe("much", () => {
  test("output arrives whole, in messages of a megabyte at most, before the idle", async () => {
    const line = `${"x".repeat(99_999)}\n`;
    kernel.onExecute = async ({ parent }) => {
      // In one thread with the reader, the writer must not fill the ring.
      for (let i = 0; i < 200; i++) {
        kernel.print(parent, line);
        if (i % 5 === 4)
          await sleep(0).then(() =>
            kernel.event({ type: "publish", parent, messageType: "clear_output", content: {} }),
          );
        if (i % 5 === 4) await sleep(2);
      }
      kernel.ok(parent);
    };
    const messages = (await client.published(execute("x"))).filter(({ type }) => type === "stream");
    const texts = messages.map(({ content }) => String(content.text));
    expect(texts.join("").length).toBe(200 * line.length);
    expect(Math.max(...texts.map((text) => text.length))).toBeLessThanOrEqual(1 << 20);
  });

  test("quick cells are all answered, in order", async () => {
    const ids = Array.from({ length: 3_000 }, (_, i) => execute(String(i)));
    for (const id of ids) expect((await client.receive()).parent).toBe(id);
  });
});

describe("history", () => {
  test("holds the inputs that were to be stored, with their results", async () => {
    kernel.onExecute = ({ parent, code }) => {
      const count = Number(code);
      kernel.event({
        type: "publish",
        parent,
        messageType: "execute_input",
        content: { code, execution_count: count },
      });
      const data = { "text/plain": `=${code}` };
      kernel.event({
        type: "publish",
        parent,
        messageType: "execute_result",
        content: { data, execution_count: count },
      });
      kernel.ok(parent);
    };
    await client.ask("execute_request", { code: "1" });
    await client.ask("execute_request", { code: "2", store_history: false });
    await client.ask("execute_request", { code: "3" });
    const { content } = await client.ask("history_request", { hist_access_type: "tail", n: 5, output: true });
    expect(content).toMatchObject({
      status: "ok",
      history: [
        [expect.any(Number), 1, ["1", "=1"]],
        [expect.any(Number), 3, ["3", "=3"]],
      ],
    });
  });
});

describe("the end", () => {
  test("a shutdown is answered, told to other clients and to the session", async () => {
    const reply = await client.ask("shutdown_request", { restart: true }, "control");
    expect(reply.content).toEqual({ status: "ok", restart: true });
    expect((await client.published(reply.parent ?? "")).map(brief)).toEqual(["busy", "shutdown_reply", "idle"]);
    await until(() => kernel.requests.length > 0);
    expect(kernel.requests).toEqual([{ type: "shutdown", restart: true }]);
  });

  test("an exit answers what runs and what waits, and sends the last output", async () => {
    const held = holdCells();
    const cell = execute("process.exit()");
    execute("2");
    await until(() => held.length > 0);
    await sleep(10);
    kernel.print(held[0]?.parent ?? 0, "x".repeat(100_000));
    const published = client.published(cell);
    kernel.event({ type: "exit", code: 0 });
    expect((await client.receive()).content).toMatchObject({ status: "error", ename: "SystemExit" });
    expect((await client.receive()).content.status).toBe("aborted");
    expect((await published).map(({ type }) => type)).toEqual(["status", "stream", "status"]);
    await kernel.stop();
    stopped = true;
  });
});
