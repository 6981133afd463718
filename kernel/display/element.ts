// Values of other libraries and kernels that bring a picture or markup of their own.

import type { MimeBundle } from "../channel/messages.ts";
import { pictureOfDataUrl } from "./picture.ts";
import { method, property } from "./record.ts";

/** What IJavascript asks a value for, in the order of what says most. */
const FORMATS: readonly (readonly [name: string, type: string])[] = [
  ["_toHtml", "text/html"],
  ["_toSvg", "image/svg+xml"],
  ["_toPng", "image/png"],
  ["_toJpeg", "image/jpeg"],
  ["_toMarkdown", "text/markdown"],
  ["_toLatex", "text/latex"],
];

/** The formats of a value made for IJavascript: `_toHtml()`, … or `_toMime()`, all of them at once. */
export function ownFormats(value: object): MimeBundle | undefined {
  const all = method(value, "_toMime")?.();
  if (typeof all === "object" && all !== null) return { ...all };
  const bundle: MimeBundle = {};
  for (const [name, type] of FORMATS) {
    const format = method(value, name)?.();
    if (typeof format === "string") bundle[type] = format;
  }
  return Object.keys(bundle).length > 0 ? bundle : undefined;
}

/** Elements of a document (linkedom's, jsdom's), and canvases. */
export function elementBundle(value: object): MimeBundle | undefined {
  const toDataURL = method(value, "toDataURL");
  if (toDataURL) {
    const url = toDataURL();
    const picture = typeof url === "string" ? pictureOfDataUrl(url) : undefined;
    if (picture) return { ...picture, "text/plain": `<${nameOf(value)}>` };
  }
  const markup = property(value, "outerHTML");
  if (typeof markup !== "string") return undefined;
  const text = { "text/plain": markup.length > MARKUP ? `${markup.slice(0, MARKUP)}…` : markup };
  return /^\s*<svg[\s>]/i.test(markup)
    ? { ...text, "image/svg+xml": withNamespace(markup) }
    : { ...text, "text/html": markup };
}

/** As much markup tells what it is, in a terminal. */
const MARKUP = 200;

/** Alone, outside of a page, SVG needs its namespace. */
const withNamespace = (svg: string): string =>
  /^\s*<svg[^>]*\sxmlns=/i.test(svg) ? svg : svg.replace(/<svg/i, '<svg xmlns="http://www.w3.org/2000/svg"');

const nameOf = (value: object): string => {
  const name = property(Object(property(value, "constructor")), "name");
  return typeof name === "string" && name !== "" ? name : "canvas";
};
