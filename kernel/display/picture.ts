// Bytes that are a picture, told by their signature.

import { isUint8Array } from "node:util/types";

export type PictureType = "image/png" | "image/jpeg" | "image/gif" | "image/webp" | "image/svg+xml";

const SIGNATURES: readonly [PictureType, readonly (number | undefined)[]][] = [
  ["image/png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["image/jpeg", [0xff, 0xd8, 0xff]],
  ["image/gif", [0x47, 0x49, 0x46, 0x38]],
  ["image/webp", [0x52, 0x49, 0x46, 0x46, undefined, undefined, undefined, undefined, 0x57, 0x45, 0x42, 0x50]],
];

/** The bytes of an array, an ArrayBuffer or a view; undefined for other values. */
export function bytesOf(value: unknown): Uint8Array | undefined {
  if (isUint8Array(value)) return value;
  if (value instanceof ArrayBuffer || value instanceof SharedArrayBuffer) return new Uint8Array(value);
  return undefined;
}

/** Which picture the bytes are, or undefined. */
export function pictureType(bytes: Uint8Array): PictureType | undefined {
  const found = SIGNATURES.find(([, signature]) =>
    signature.every((byte, at) => byte === undefined || bytes[at] === byte),
  );
  if (found) return found[0];
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 256)).toString("utf8");
  return /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<svg[\s>]/.test(start) ? "image/svg+xml" : undefined;
}

/** A picture as the data of a mime bundle: text for SVG, base64 for the others. */
export function pictureData(type: PictureType, bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return buffer.toString(type === "image/svg+xml" ? "utf8" : "base64");
}

const DATA_URL = /^data:(image\/(?:png|jpeg|gif|webp|svg\+xml))(?:;[^,;]*)*?(;base64)?,(.*)$/s;

/** The picture of a `data:` URL as a mime type and its data; undefined for other text. */
export function pictureOfDataUrl(url: string): { [type: string]: string } | undefined {
  const [, type, base64, data] = DATA_URL.exec(url) ?? [];
  if (type === undefined || data === undefined) return undefined;
  const isText = type === "image/svg+xml";
  if (base64 !== undefined) return { [type]: isText ? Buffer.from(data, "base64").toString("utf8") : data };
  const text = decodeURIComponent(data);
  return { [type]: isText ? text : Buffer.from(text, "latin1").toString("base64") };
}
