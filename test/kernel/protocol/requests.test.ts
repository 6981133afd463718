import { describe, expect, test } from "vitest";
import { type ParsedRequest, parseRequest, replyType } from "../../../kernel/protocol/requests.ts";

const parse = (type: string, content: { [key: string]: unknown }): ParsedRequest =>
  parseRequest({
    identities: [],
    header: { msg_id: "1", msg_type: type, session: "s" },
    headerFrame: Buffer.from("{}"),
    parentId: undefined,
    metadata: {},
    content,
    buffers: [],
  });

describe("the content of a request", () => {
  test("gets the defaults of the specification", () => {
    expect(parse("execute_request", { code: "1" })).toEqual({
      ok: true,
      request: {
        type: "execute_request",
        content: { code: "1", silent: false, user_expressions: {}, allow_stdin: false, stop_on_error: true },
      },
    });
  });

  test("may have fields that the kernel does not know", () => {
    expect(parse("kernel_info_request", { future: 1 }).ok).toBe(true);
  });

  test("may have null where a client has nothing to say", () => {
    expect(parse("history_request", { hist_access_type: "tail", n: 3, session: null, pattern: null }).ok).toBe(true);
    expect(parse("comm_info_request", { target_name: null }).ok).toBe(true);
  });

  test("of a comm message keeps everything, for the session to read", () => {
    const content = { comm_id: "c", target_name: "t", data: { a: 1 }, target_module: "m" };
    expect(parse("comm_open", content)).toEqual({ ok: true, request: { type: "comm_open", content } });
  });

  test.each([
    ["execute_request", {}, "code"],
    ["execute_request", { code: 1 }, "code"],
    ["complete_request", { code: "a", cursor_pos: -1 }, "cursor_pos"],
    ["history_request", { hist_access_type: "all" }, "hist_access_type"],
    ["comm_msg", { data: {} }, "comm_id"],
  ])("of %s that does not fit names the field: %j", (type, content, field) => {
    const parsed = parse(type, content);
    expect(parsed.ok ? "" : parsed.reason).toContain(field);
  });

  test.each(["debug_request", "toString", "__proto__"])("of unknown type %s is a reason", (type) => {
    const parsed = parse(type, {});
    expect(parsed.ok ? "" : parsed.reason).toContain("unknown message type");
  });
});

test("a request is answered by the reply of its name; comm messages are not answered", () => {
  expect(replyType("execute_request")).toBe("execute_reply");
  expect(replyType("comm_open")).toBeUndefined();
});
