// A value as a front end shows it: what it says of itself, else what it is best seen as; and always as text.

import { types } from "node:util";
import type { MimeBundle } from "../channel/messages.ts";
import { inspected } from "./inspected.ts";
import { richBundle } from "./rich.ts";

/** A value with a method of this name says itself how it is shown; Deno's and our runtime's objects have it. */
const DISPLAY = Symbol.for("Jupyter.display");

/** How a front end shows `value`. */
export async function mimeBundle(value: unknown): Promise<MimeBundle> {
  const own = await ownBundle(value);
  if (!own) return simple(value);
  return "text/plain" in own ? own : { "text/plain": inspected(value), ...own };
}

/** As `mimeBundle`, where the value does not have to be asked. */
export function simpleBundle(value: unknown): MimeBundle | undefined {
  return displayMethod(value) ? undefined : simple(value);
}

function simple(value: unknown): MimeBundle {
  if ((typeof value !== "object" || value === null) && typeof value !== "function")
    return { "text/plain": inspected(value) };
  return richBundle(value);
}

async function ownBundle(value: unknown): Promise<MimeBundle | undefined> {
  const method = displayMethod(value);
  if (!method) return undefined;
  const bundle = settled(await settled(method.call(value)));
  // Something that answers whatever it is asked does not mean to be displayed.
  if (bundle === ANYTHING) return undefined;
  if (typeof bundle !== "object" || bundle === null || Array.isArray(bundle))
    throw new TypeError(
      `[Symbol.for("Jupyter.display")]() must return an object keyed by mime type, got ${inspected(bundle)}`,
    );
  return { ...bundle };
}

/** In the place of a proxy: to wait for one may take for ever, because every property of it may be there, `then` too. */
const ANYTHING = Symbol("anything");

const settled = (result: unknown): unknown => (types.isProxy(result) ? ANYTHING : result);

function displayMethod(value: unknown): ((this: unknown) => unknown) | undefined {
  if ((typeof value !== "object" || value === null) && typeof value !== "function") return undefined;
  try {
    const method: unknown = Reflect.get(value, DISPLAY);
    return typeof method === "function" ? (method as (this: unknown) => unknown) : undefined;
  } catch {
    return undefined;
  }
}
