import { describe, expect, test } from "vitest";
import { HeaderFactory } from "../../../kernel/protocol/header.ts";
import { DigestHistory } from "../../../kernel/protocol/replay.ts";
import { createSigner } from "../../../kernel/protocol/signature.ts";
import { type Decoded, decode, encode, type OutgoingMessage } from "../../../kernel/protocol/wire.ts";

const signer = createSigner("key");
const headers = new HeaderFactory("session");

function frames(changes: Partial<OutgoingMessage> = {}): Buffer[] {
  const header = headers.create("execute_request");
  return encode({ identities: ["client"], header, content: { code: "1" }, ...changes }, signer).map((f) =>
    Buffer.from(f),
  );
}
const read = (message: Buffer[], seen = new DigestHistory()): Decoded => decode(message, signer, seen);
const reason = (message: Buffer[]): string => {
  const decoded = read(message);
  return decoded.ok ? "none" : decoded.reason;
};
/** Signs frames that `encode` would not make. */
const signed = (header: string, parent: string, metadata: string, content: string): Buffer[] =>
  ["<IDS|MSG>", signer.sign([header, parent, metadata, content]), header, parent, metadata, content].map((f) =>
    Buffer.from(f),
  );

describe("a message", () => {
  test("comes back from its frames with identities, header, content, metadata and buffers", () => {
    const buffers = [new Uint8Array([1, 2]), new Uint8Array([])];
    const decoded = read(frames({ identities: ["a", "b"], metadata: { m: 1 }, content: { code: "é" }, buffers }));
    expect(decoded).toMatchObject({
      ok: true,
      message: {
        identities: [Buffer.from("a"), Buffer.from("b")],
        header: { msg_type: "execute_request", session: "session" },
        metadata: { m: 1 },
        content: { code: "é" },
        buffers: [Buffer.from([1, 2]), Buffer.from([])],
      },
    });
  });

  test("keeps its header byte for byte, unknown fields too, to be the parent of what answers it", () => {
    const header = '{"msg_id":"1",  "msg_type":"x","session":"s","extra":[1]}';
    const decoded = read(signed(header, "{}", "{}", "{}"));
    expect(decoded.ok && decoded.message.headerFrame.toString()).toBe(header);
  });

  test("is read from a client that sends no date, version or user name", () => {
    expect(read(signed('{"msg_id":"1","msg_type":"x"}', "{}", "{}", "{}")).ok).toBe(true);
  });

  test("has an id of its own and the date in ISO format", () => {
    const [first, second] = [JSON.parse(headers.create("a")), JSON.parse(headers.create("a"))];
    expect(first.msg_id).not.toBe(second.msg_id);
    expect(new Date(first.date).toISOString()).toBe(first.date);
  });
});

describe("a bad message is a reason", () => {
  test("without a delimiter", () => expect(reason([Buffer.from("x")])).toMatch(/^malformed/));
  test("without any frame", () => expect(reason([])).toMatch(/^malformed/));
  test("truncated", () => expect(reason(frames().slice(0, 4))).toMatch(/^truncated: 2 frames/));
  test("unsigned", () => expect(reason(frames().with(2, Buffer.from("")))).toBe("unsigned"));
  test("with the signature of another key", () =>
    expect(reason(frames().with(2, Buffer.from(createSigner("other").sign(["x"]))))).toBe("bad signature"));
  test("changed on its way", () => expect(reason(frames().with(6, Buffer.from('{"code":"2"}')))).toBe("bad signature"));
  test("with a header that is not JSON", () =>
    expect(reason(signed("{", "{}", "{}", "{}"))).toMatch(/^invalid header/));
  test("with a header that lacks its type", () =>
    expect(reason(signed('{"msg_id":"1"}', "{}", "{}", "{}"))).toMatch(/^invalid header/));
  test("with content that is no object", () =>
    expect(reason(signed('{"msg_id":"1","msg_type":"x"}', "{}", "{}", "[]"))).toMatch(/^invalid content/));
  test("with bytes that are not UTF-8 JSON", () =>
    expect(reason(frames({ content: {} }).with(6, Buffer.from([0xff])))).toBe("bad signature"));

  test("sent a second time", () => {
    const seen = new DigestHistory();
    const message = frames();
    expect(read(message, seen).ok).toBe(true);
    expect(read(message, seen)).toEqual({ ok: false, reason: "duplicated signature" });
  });
});
