// A value as a mime bundle.

import { inspect } from "node:util";
import type { MimeBundle } from "../channel/messages.ts";

/** A value with a method of this name says itself how it is shown; Deno's and our runtime's objects have it. */
const DISPLAY = Symbol.for("Jupyter.display");

const INSPECT_OPTIONS = { depth: 4, maxArrayLength: 100, maxStringLength: 10_000, breakLength: 80, colors: false };

/** How a front end shows `value`: what it says of itself, and always as text. */
export async function mimeBundle(value: unknown): Promise<MimeBundle> {
  const own = await ownBundle(value);
  return own && "text/plain" in own ? own : { "text/plain": plainText(value), ...own };
}

/** As `mimeBundle`, where the value does not have to be asked. */
export function simpleBundle(value: unknown): MimeBundle | undefined {
  return displayMethod(value) ? undefined : { "text/plain": plainText(value) };
}

/** `util.inspect`, whatever getters and proxies the value has. */
export function plainText(value: unknown): string {
  try {
    return inspect(value, INSPECT_OPTIONS);
  } catch (error) {
    return `<value that cannot be shown: ${error instanceof Error ? error.message : String(error)}>`;
  }
}

async function ownBundle(value: unknown): Promise<MimeBundle | undefined> {
  const method = displayMethod(value);
  if (!method) return undefined;
  const bundle: unknown = await method.call(value);
  if (typeof bundle !== "object" || bundle === null || Array.isArray(bundle))
    throw new TypeError(
      `[Symbol.for("Jupyter.display")]() must return an object keyed by mime type, got ${plainText(bundle)}`,
    );
  return { ...bundle };
}

function displayMethod(value: unknown): ((this: unknown) => unknown) | undefined {
  if ((typeof value !== "object" || value === null) && typeof value !== "function") return undefined;
  try {
    const method: unknown = Reflect.get(value, DISPLAY);
    return typeof method === "function" ? (method as (this: unknown) => unknown) : undefined;
  } catch {
    return undefined;
  }
}
