// A cell of text.

import type { Element, Root } from "hast";
import { toString as textOf } from "hast-util-to-string";
import { h } from "hastscript";
import { visit } from "unist-util-visit";
import * as z from "zod/mini";
import type { Cell } from "../../notebook/format.ts";
import { contentOf, parseHtml } from "../html/fragment.ts";
import { claimIds } from "../html/ids.ts";
import { inlineImages } from "../html/images.ts";
import { rewriteLinks } from "../html/links.ts";
import { scrollWide } from "../html/wide.ts";
import type { PageParts } from "../output/page-parts.ts";
import { dataText } from "../output/schema.ts";
import { renderMarkdown } from "../text/markdown.ts";

const attachmentsSchema = z.catch(z._default(z.record(z.string(), z.record(z.string(), z.unknown())), {}), {});

export function renderMarkdownCell(cell: Cell, page: PageParts): Element {
  return place(renderMarkdown(cell.source, page), cell, page);
}

/** Raw cells are meant for one format: only those for HTML belong on a page. */
export function renderRawCell(cell: Cell, page: PageParts): Element | undefined {
  const format = cell.metadata.raw_mimetype ?? cell.metadata.format;
  if (format === "text/html") return place(parseHtml(cell.source, page.trust), cell, page);
  if (format === "text/markdown") return renderMarkdownCell(cell, page);
  return undefined;
}

function place(tree: Root, cell: Cell, page: PageParts): Element {
  markJumps(tree);
  claimIds(tree, page.ids);
  rewriteLinks(tree, page.resolveLink, page.note);
  inlineImages(tree, (source) => attachment(cell, source) ?? page.loadImage(source), page.note);
  scrollWide(tree);
  return h("div", { className: ["cell", "text"], id: cellId(cell, page) }, contentOf(tree));
}

export const cellId = (cell: Cell, page: PageParts): string | undefined =>
  cell.id === undefined ? undefined : page.ids.claim(`cell-${cell.id}`);

function attachment(cell: Cell, source: string): string | undefined {
  const name = /^attachment:(.*)$/i.exec(source)?.[1];
  if (name === undefined) return undefined;
  const files = attachmentsSchema.parse(cell.attachments);
  const [type, data] = Object.entries(files[decodeURI(name)] ?? files[name] ?? {})[0] ?? [];
  const base64 = dataText(data)?.replaceAll(/\s/g, "");
  if (!type?.startsWith("image/") || base64 === undefined || !/^[A-Za-z0-9+/]+=*$/.test(base64)) return undefined;
  return `data:${type};base64,${base64}`;
}

/** A line that only leads to other notebooks is navigation, not text. */
function markJumps(tree: Root): void {
  visit(tree, "element", (element) => {
    if (element.tagName !== "p") return;
    const links = element.children.filter((child) => child.type === "element" && child.tagName === "a");
    if (!links.some((link) => link.type === "element" && /\.ipynb(#|$)/.test(String(link.properties.href)))) return;
    const rest = element.children.filter((child) => !links.includes(child)).map(textOf);
    if (/^[\s·|,←→«»–—-]*$/.test(rest.join(""))) element.properties.className = ["jump"];
  });
}
