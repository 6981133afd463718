// A page carries its pictures: those of the notebook's folder and its attachments become part of it, remote ones a link.

import type { ElementContent, Root } from "hast";
import { h } from "hastscript";
import { SKIP, visit } from "unist-util-visit";
import { isPictureUrl } from "./fragment.ts";

/** The data URI of a picture, relative to the notebook or `attachment:NAME`; undefined where there is none. */
export type LoadImage = (source: string) => string | undefined;

export function inlineImages(tree: Root, load: LoadImage, note: (text: string) => void): void {
  visit(tree, "element", (element, index, parent) => {
    if (element.tagName !== "img" || parent === undefined || index === undefined) return;
    const { properties } = element;
    const source = String(properties.src ?? "").trim();
    const alt = String(properties.alt ?? "");
    properties.alt = alt;
    if (isPictureUrl(source)) return;
    const data = /^(https?:)?\/\//i.test(source) ? undefined : load(source);
    if (data === undefined) {
      parent.children[index] = instead(source, alt, note);
      return SKIP;
    }
    properties.src = data;
  });
}

function instead(source: string, alt: string, note: (text: string) => void): ElementContent {
  if (/^(https?:)?\/\//i.test(source)) {
    note(`the picture ${source} is on the web: the page has a link to it instead`);
    const href = source.startsWith("//") ? `https:${source}` : source;
    return h("a", { href, rel: ["noopener", "noreferrer"], className: ["remote-image"] }, alt || `Picture: ${source}`);
  }
  note(`the picture ${source || "without an address"} was not found`);
  return h("span", { className: ["unlinked"] }, alt || `Picture: ${source}`);
}
