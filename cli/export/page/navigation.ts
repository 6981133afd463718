// Ways through a page and from page to page.

import type { Element } from "hast";
import { h } from "hastscript";
import type { Heading } from "../article/outline.ts";

const DEEPEST = 3;

/** The contents of a page; undefined where there is nothing to choose from. */
export function renderContents(headings: readonly Heading[]): Element | undefined {
  const listed = headings.filter(({ level }) => level <= DEEPEST);
  if (listed.length < 2) return undefined;
  return h("nav", { className: ["contents"], ariaLabel: "On this page" }, [
    h("details", { open: true }, [h("summary", "On this page"), h("ul", nested(listed))]),
  ]);
}

/** Headings of level 3 in a list under theirs of level 2. */
function nested(headings: readonly Heading[]): Element[] {
  const items: { link: Element; below: Element[] }[] = [];
  for (const { level, id, text } of headings) {
    const link = h("a", { href: `#${id}` }, text);
    const last = items.at(-1);
    if (level === DEEPEST && last) last.below.push(h("li", [link]));
    else items.push({ link, below: [] });
  }
  return items.map(({ link, below }) => h("li", [link, ...(below.length > 0 ? [h("ul", below)] : [])]));
}

export interface Neighbour {
  file: string;
  title: string;
}

/** Links to the pages before and after. */
export function renderPager(previous: Neighbour | undefined, next: Neighbour | undefined): Element | undefined {
  if (!previous && !next) return undefined;
  const link = (to: Neighbour | undefined, label: string, rel: string) =>
    to
      ? [
          h("a", { className: ["page-link", rel], href: pageAddress(to.file), rel: [rel] }, [
            h("span", { className: ["direction"] }, label),
            h("span", to.title),
          ]),
        ]
      : [];
  return h("nav", { className: ["pager"], ariaLabel: "Previous and next" }, [
    ...link(previous, "Previous", "prev"),
    ...link(next, "Next", "next"),
  ]);
}

/** A file name as a relative link: a colon or a question mark in it means nothing. */
export const pageAddress = (file: string): string => file.split("/").map(encodeURIComponent).join("/");
