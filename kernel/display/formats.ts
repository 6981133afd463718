// Values in a format that the author chooses. Each can be the value of a cell, or be given to `display`.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { MimeBundle } from "../channel/messages.ts";
import { vegaLiteBundle } from "./chart.ts";
import { Displayable } from "./displayable.ts";
import { inspected } from "./inspected.ts";
import { bytesOf, pictureData, pictureOfDataUrl, pictureType } from "./picture.ts";
import { tableOfRows } from "./table.ts";
import type { TableOptions } from "./table-data.ts";
import { tableHtml } from "./table-html.ts";

/** A text, or the parts of a tagged template. */
export type Text = string | TemplateStringsArray;

function textOf(text: Text, values: readonly unknown[], name: string): string {
  if (typeof text === "string") return text;
  if (Array.isArray(text) && "raw" in text) return String.raw({ raw: text }, ...values);
  throw new TypeError(`${name}(text) takes a string, or is the tag of a template, got ${inspected(text)}`);
}

const format =
  (name: string, type: string) =>
  (text: Text, ...values: unknown[]): Displayable => {
    const content = textOf(text, values, name);
    return new Displayable({ "text/plain": content, [type]: content });
  };

/**
 * Shows HTML.
 *
 * @example
 * html`<b>${1 + 1}</b>`
 */
export const html = format("html", "text/html");

/**
 * Shows Markdown.
 *
 * @example
 * markdown("**bold**, and $x^2$")
 */
export const markdown = format("markdown", "text/markdown");

/** Shows a drawing in SVG, given as text. */
export const svg = format("svg", "image/svg+xml");

/**
 * Shows a formula, with the dollars that LaTeX sets it in.
 *
 * @example
 * latex(String.raw`$\sqrt{2}$`)
 */
export const latex = format("latex", "text/latex");

/** Shows a diagram in Mermaid's language. */
export const mermaid = format("mermaid", "text/vnd.mermaid");

/** Shows a value as a JSON tree that unfolds. */
export const json = (value: unknown): Displayable =>
  new Displayable({ "text/plain": inspected(value), "application/json": value });

/** Shows a chart: a specification of Vega-Lite, with its data in it. */
export function vegaLite(spec: object): Displayable {
  if (typeof spec !== "object" || spec === null)
    throw new TypeError(`vegaLite(spec) takes a specification, such as { mark: "bar", … }, got ${inspected(spec)}`);
  return new Displayable(vegaLiteBundle(spec));
}

/**
 * Shows rows as a table: an array of objects or of arrays, a Map, a Set, a data frame.
 *
 * @param options.columns which columns, in this order; default: all
 * @param options.limit how many rows are shown; default: 100
 * @throws TypeError for what has no rows
 * @example
 * table([{ name: "Ada", born: 1815 }, { name: "Grace", born: 1906 }], { columns: ["name"] })
 */
export function table(rows: object, options: TableOptions = {}): Displayable {
  const found = typeof rows === "object" && rows !== null ? tableOfRows(rows, options) : undefined;
  if (!found)
    throw new TypeError(`table(rows) takes an array, a Map, a Set or a data frame with rows, got ${inspected(rows)}`);
  return new Displayable({ "text/plain": inspected(rows), "text/html": tableHtml(found) });
}

export interface ImageOptions {
  width?: number;
  height?: number;
}

/**
 * Shows a picture: its bytes, the path or `file:` URL of a file, or a `data:` URL. PNG, JPEG, GIF, WebP or SVG, whatever it is called.
 *
 * @param size in pixels; default: the picture's own
 * @throws TypeError for what is none of these
 * @example
 * image("chart.png", { width: 400 })
 */
export function image(source: string | URL | ArrayBuffer | Uint8Array, size: ImageOptions = {}): Displayable {
  const bundle = typeof source === "string" && source.startsWith("data:") ? pictureOfDataUrl(source) : picture(source);
  if (!bundle)
    throw new TypeError(`image(source) takes a picture in PNG, JPEG, GIF, WebP or SVG, got ${inspected(source)}`);
  const [type = ""] = Object.keys(bundle);
  return new Displayable({ "text/plain": `<${type}>`, ...bundle }, { [type]: { ...size } });
}

function picture(source: string | URL | ArrayBuffer | Uint8Array): MimeBundle | undefined {
  const bytes = typeof source === "string" || source instanceof URL ? readFileSync(pathOf(source)) : bytesOf(source);
  const type = bytes && pictureType(bytes);
  return bytes && type && { [type]: pictureData(type, bytes) };
}

const pathOf = (source: string | URL): string | URL =>
  typeof source === "string" && source.startsWith("file:") ? fileURLToPath(source) : source;
