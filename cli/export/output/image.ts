// Pictures of outputs: base64 in the notebook, a data URI on the page.

import type { Element } from "hast";
import { h } from "hastscript";
import * as z from "zod/mini";

export const IMAGE_TYPES = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp"];

const size = z.union([z.number(), z.string().check(z.regex(/^\d+(\.\d+)?$/))]);
const metadataSchema = z.object({
  alt: z.optional(z.string()),
  width: z.optional(size),
  height: z.optional(size),
});

/** Undefined if the data is no base64. The metadata is that of Jupyter: `{ "image/png": { width, height, alt } }`. */
export function renderImage(
  type: string,
  data: string,
  metadata: { [type: string]: unknown },
  label: string,
): Element | undefined {
  const base64 = data.replaceAll(/\s/g, "");
  if (!/^[A-Za-z0-9+/]+=*$/.test(base64)) return undefined;
  const own = metadataSchema.safeParse(metadata[type]);
  const { alt, width, height } = own.success ? own.data : {};
  return h("img", { src: `data:${type};base64,${base64}`, alt: alt ?? label, width, height });
}
