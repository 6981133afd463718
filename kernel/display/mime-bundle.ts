// A bundle as notebooks keep it: text where the format wants text, base64 of bytes, JSON where it is JSON.

import type { MimeBundle } from "../channel/messages.ts";
import { inspected } from "./inspected.ts";
import { toJson } from "./json.ts";

/**
 * Puts right what can be: bytes become base64 (or text, in a format of text), numbers become text, pieces of text are joined.
 * Formats without a value are left out.
 *
 * @throws {TypeError} naming the format, where it holds what it cannot
 */
export function savable(bundle: object): MimeBundle {
  const data: MimeBundle = {};
  for (const [type, value] of Object.entries(bundle))
    if (value !== undefined && value !== null) data[type.toWellFormed()] = representation(type, value);
  return data;
}

function representation(type: string, value: unknown): unknown {
  if (/^application\/(?:.*\+)?json$/i.test(type)) return toJson(value, `the "${type}" of what is shown`);
  if (typeof value === "string") return value.toWellFormed();
  const bytes = asBytes(value);
  if (bytes) return bytes.toString(isText(type) ? "utf8" : "base64");
  if (Array.isArray(value) && value.every((part) => typeof part === "string")) return value.join("").toWellFormed();
  if (typeof value !== "object" && typeof value !== "function") return String(value).toWellFormed();
  if (type === "text/plain") return inspected(value);
  throw new TypeError(
    `the "${type}" of what is shown must be a string${isText(type) ? "" : ", or a Buffer"}, got ${inspected(value)}`,
  );
}

const isText = (type: string): boolean => /^text\/|^image\/svg\b|javascript$|[/+]xml$|latex$/i.test(type);

function asBytes(value: unknown): Buffer | undefined {
  if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  if (value instanceof ArrayBuffer || value instanceof SharedArrayBuffer) return Buffer.from(value);
  return undefined;
}
