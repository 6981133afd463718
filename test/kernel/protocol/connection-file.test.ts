import { describe, expect, test } from "vitest";
import { endpoint, parseConnectionFile } from "../../../kernel/protocol/connection-file.ts";

const file = {
  transport: "tcp",
  ip: "127.0.0.1",
  shell_port: 1001,
  control_port: 1002,
  stdin_port: 1003,
  iopub_port: 1004,
  hb_port: 1005,
  key: "secret",
  signature_scheme: "hmac-sha256",
  kernel_name: "loopbook",
};
const parse = (changes: object) => parseConnectionFile(JSON.stringify({ ...file, ...changes }));

describe("a connection file", () => {
  test("names an address for each channel", () => {
    const connection = parse({});
    expect(endpoint(connection, "shell")).toBe("tcp://127.0.0.1:1001");
    expect(endpoint(connection, "hb")).toBe("tcp://127.0.0.1:1005");
  });

  test("may use the ipc transport, where ports number the files", () => {
    expect(endpoint(parse({ transport: "ipc", ip: "/run/kernel-7" }), "iopub")).toBe("ipc:///run/kernel-7-1004");
  });

  test("may hold an IPv6 address", () => {
    expect(endpoint(parse({ ip: "::1" }), "stdin")).toBe("tcp://[::1]:1003");
  });

  test("with another signature scheme is refused by its name", () => {
    expect(() => parse({ signature_scheme: "hmac-md5" })).toThrow('signature_scheme is "hmac-md5"');
  });

  test("with an empty key may name any scheme, because nothing is signed", () => {
    expect(parse({ key: "", signature_scheme: "" }).key).toBe("");
  });

  test.each([
    ["a port that is none", { shell_port: 0 }, "shell_port"],
    ["a missing port", { hb_port: undefined }, "hb_port"],
    ["an unknown transport", { transport: "udp" }, "transport"],
  ])("with %s is refused by the field's name", (_, changes, field) => {
    expect(() => parse(changes)).toThrow(field);
  });

  test("that is not JSON is refused", () => {
    expect(() => parseConnectionFile("{")).toThrow("not JSON");
  });
});
