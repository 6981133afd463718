// HMAC-SHA256 signatures over the four JSON frames of a message.

export type Frame = Buffer | string;

export interface Signer {
  /** The signature frame, in hexadecimal; empty when messages are not signed. */
  sign(frames: readonly Frame[]): string;
  verify(signature: Buffer, frames: readonly Frame[]): boolean;
  /** False when the connection has no key: then nothing is signed and everything is accepted. */
  readonly signs: boolean;
}

/** The signer of a connection. An empty key turns signing off, as the specification says. */
export function createSigner(key: string): Signer {
  if (key === "") return { sign: () => "", verify: () => true, signs: false };
  // Not imported: loading it takes a tenth of the kernel's start, and can be done while addresses are bound.
  const { createHmac, timingSafeEqual } = process.getBuiltinModule("node:crypto");
  const digest = (frames: readonly Frame[]): string => {
    const hmac = createHmac("sha256", key);
    for (const frame of frames) hmac.update(frame);
    return hmac.digest("hex");
  };
  return {
    sign: digest,
    verify(signature, frames) {
      const expected = Buffer.from(digest(frames), "latin1");
      // timingSafeEqual wants equal lengths; the length of a signature is no secret.
      return signature.length === expected.length && timingSafeEqual(signature, expected);
    },
    signs: true,
  };
}
