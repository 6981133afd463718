// Content that one thread cannot send to the other, or that is not what it should be: its request is answered, and the next one is.

import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { brief } from "./client.ts";
import { FakeKernel } from "./fake-kernel.ts";

let kernel: FakeKernel;

beforeEach(async () => {
  kernel = new FakeKernel();
  await kernel.start();
  kernel.onRequest = ({ type, ...request }) => {
    if (type.startsWith("comm_") && "parent" in request) kernel.event({ type: "handled", parent: request.parent });
  };
});
afterEach(() => kernel.stop());

/** `levels` arrays, each in the one before. */
function nested(levels: number): unknown[] {
  let value: unknown[] = [];
  for (let i = 1; i < levels; i++) value = [value];
  return value;
}
const DEEP = nested(15_000);

const works = async () => (await kernel.client.ask("execute_request", { code: "1" })).content.status === "ok";

describe("a message that is nested 15,000 deep", () => {
  test.each([
    ["comm_open", { comm_id: "c", target_name: "t", data: { DEEP } }, {}],
    ["comm_msg", { comm_id: "c", data: { DEEP } }, {}],
    ["comm_msg", { comm_id: "c", data: {} }, { DEEP }],
    ["comm_close", { comm_id: "c", DEEP }, {}],
  ])("as a %s says why it cannot be handed over, and the next cell runs", async (type, content, metadata) => {
    const id = kernel.client.send(type, content, "shell", { metadata });
    const published = await kernel.client.published(id);
    expect(published.map(brief)).toEqual(["busy", "error", "idle"]);
    expect(published[1]?.content).toMatchObject({
      ename: "InvalidRequest",
      evalue: expect.stringMatching(`the ${type} cannot be handed to the session: .* nested too deeply`),
    });
    expect(await works()).toBe(true);
  });

  test("as an execute_request that does not fit is refused, and the next cell runs", async () => {
    const { content } = await kernel.client.ask("execute_request", { code: "1", user_expressions: { DEEP } });
    expect(content).toMatchObject({ status: "error", ename: "InvalidRequest" });
    expect(await works()).toBe(true);
  });

  test("as an execute_request that fits runs", async () => {
    const { content } = await kernel.client.ask("execute_request", { code: "1", DEEP });
    expect(content.status).toBe("ok");
  });

  test("as an output of a cell leaves a line in the cell", async () => {
    kernel.onExecute = ({ parent }) => {
      kernel.event({ type: "publish", parent, messageType: "display_data", content: { data: { big: 1n } } });
      kernel.ok(parent);
    };
    const published = await kernel.client.published(kernel.client.send("execute_request", { code: "1" }));
    expect(published.map(brief)).toEqual([
      "busy",
      "stream a display_data could not be sent: TypeError: Do not know how to serialize a BigInt\n",
      "idle",
    ]);
  });
});

const TYPES = ["execute_request", "complete_request", "inspect_request", "is_complete_request", "history_request"];
const FIELDS = ["code", "silent", "user_expressions", "cursor_pos", "hist_access_type", "n", "data", "comm_id"];

/** Some fields of any JSON, and one that is nested so deep: what the client itself can still write. */
const anyContent = fc.tuple(
  fc.dictionary(fc.oneof(fc.constantFrom(...FIELDS), fc.string()), fc.jsonValue(), { maxKeys: 5 }),
  fc.constantFrom(...FIELDS),
  fc.nat(2_000),
);

test("whatever a request holds, it is answered, and comes to its idle", async () => {
  const type = fc.constantFrom(...TYPES, "no_such_request", "comm_info_request");
  await fc.assert(
    fc.asyncProperty(type, anyContent, anyContent, async (type, [fields, field, depth], [metadata]) => {
      const content = { ...fields, [field]: nested(depth) };
      const id = kernel.client.send(type, content, "shell", { metadata });
      expect((await kernel.client.receive()).parent).toBe(id);
      await kernel.client.published(id);
    }),
    { numRuns: 60 },
  );
  expect(await works()).toBe(true);
}, 30_000);
