import { describe, expect, test } from "vitest";
import { DigestHistory } from "../../../kernel/protocol/replay.ts";
import { createSigner } from "../../../kernel/protocol/signature.ts";

describe("a signature", () => {
  test("is the HMAC-SHA256 of the frames in a row (RFC 4231, test case 2)", () => {
    expect(createSigner("Jefe").sign(["what do ya want ", Buffer.from("for nothing?")])).toBe(
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    );
  });

  test("is accepted for the frames it was made of, and for no others", () => {
    const signer = createSigner("key");
    const signature = Buffer.from(signer.sign(["a", "b"]));
    expect(signer.verify(signature, ["a", "b"])).toBe(true);
    expect(signer.verify(signature, ["a", "c"])).toBe(false);
    expect(createSigner("other").verify(signature, ["a", "b"])).toBe(false);
  });

  test("of another length is refused", () => {
    expect(createSigner("key").verify(Buffer.from("00"), ["a"])).toBe(false);
  });

  test("is empty without a key, and everything is accepted", () => {
    const signer = createSigner("");
    expect(signer.sign(["a"])).toBe("");
    expect(signer.verify(Buffer.from("whatever"), ["a"])).toBe(true);
  });
});

describe("the history of signatures", () => {
  test("knows what it has seen", () => {
    const history = new DigestHistory();
    expect(history.add("a")).toBe(true);
    expect(history.add("a")).toBe(false);
  });

  test("forgets the oldest when it is full", () => {
    const history = new DigestHistory(2);
    for (const digest of ["a", "b", "c"]) history.add(digest);
    expect(history.add("b")).toBe(false);
    expect(history.add("a")).toBe(true);
  });
});
