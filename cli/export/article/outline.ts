// The headings of a page: one title, then levels without gaps, each with an address.

import type { Element } from "hast";
import { h } from "hastscript";
import { visit } from "unist-util-visit";
import type { Ids } from "../html/ids.ts";
import { plainText } from "../html/plain-text.ts";

export interface Heading {
  level: number;
  id: string;
  text: string;
}

export interface Outline {
  title: string | undefined;
  /** All but the title. */
  headings: Heading[];
}

/**
 * Puts the headings of the article in order and gives them their ids.
 *
 * The first heading of level 1 is the title; if there are more of that level, all others go one level down. An id is what
 * Jupyter makes of a heading ("Five-functions"), so links between notebooks lead to the same place on the pages.
 */
export function outline(article: Element, ids: Ids): Outline {
  const found = headingsOf(article);
  const title = found[0]?.tagName === "h1" ? found[0] : undefined;
  const others = found.filter((heading) => heading !== title);
  const shift = others.some(({ tagName }) => tagName === "h1") ? 1 : 0;
  let above = 1;
  const headings = others.map((element): Heading => {
    const level = Math.min(6, Math.max(2, levelOf(element) + shift), above + 1);
    above = level;
    element.tagName = `h${level}`;
    const text = plainText(element).trim();
    const id = address(element, text, ids);
    element.children.push(h("a", { className: ["anchor"], href: `#${id}`, ariaLabel: `Link to “${text}”` }, "#"));
    return { level, id, text };
  });
  if (title) address(title, plainText(title).trim(), ids);
  return { title: title && plainText(title).trim(), headings };
}

function headingsOf(article: Element): Element[] {
  const found: Element[] = [];
  visit(article, "element", (element) => {
    if (/^h[1-6]$/.test(element.tagName) && plainText(element).trim() !== "") found.push(element);
  });
  return found;
}

const levelOf = (element: Element): number => Number(element.tagName.slice(1));

/** An id that the author gave stays. */
function address(element: Element, text: string, ids: Ids): string {
  const id = typeof element.properties.id === "string" ? element.properties.id : ids.claim(text.replaceAll(/\s/g, "-"));
  element.properties.id = id;
  return id;
}
