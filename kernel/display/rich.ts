// What values are best seen as, where they do not say so themselves: pictures, elements, charts, tables, trees.

import { isProxy } from "node:util/types";
import type { MimeBundle } from "../channel/messages.ts";
import { chartBundle } from "./chart.ts";
import { elementBundle, ownFormats } from "./element.ts";
import { inspected } from "./inspected.ts";
import { bytesOf, pictureData, pictureType } from "./picture.ts";
import { tableOf } from "./table.ts";
import { tableHtml } from "./table-html.ts";
import { treeOf } from "./tree.ts";

/** A mime bundle of an object or a function: the first form that fits, and its text. */
export function richBundle(value: object): MimeBundle {
  const text = inspected(value);
  // A proxy answers whatever it is asked: what it is like is no reason to believe what it says of itself.
  if (isProxy(value)) return { "text/plain": text };
  try {
    return { "text/plain": text, ...formOf(value, text) };
  } catch {
    // A getter or a method of the user's that throws: what is left is the text.
    return { "text/plain": text };
  }
}

function formOf(value: object, text: string): MimeBundle | undefined {
  return ownFormats(value) ?? elementBundle(value) ?? chartBundle(value) ?? picture(value) ?? structure(value, text);
}

function picture(value: object): MimeBundle | undefined {
  const bytes = bytesOf(value);
  const type = bytes && pictureType(bytes);
  return bytes && type && { "text/plain": `${type}, ${bytes.byteLength} bytes`, [type]: pictureData(type, bytes) };
}

/** Tables and trees. An error, a function, a promise are best read as text. */
function structure(value: object, text: string): MimeBundle | undefined {
  if (typeof value === "function") return undefined;
  const table = tableOf(value);
  if (table) return { "text/html": tableHtml(table) };
  const tree = treeOf(value, text);
  return tree === undefined ? undefined : { "text/html": tree };
}
