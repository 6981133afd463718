// HTML that somebody wrote, parsed as a browser parses it, and harmless unless it is trusted.

import type { Element, ElementContent, Nodes, Root } from "hast";
import { fromHtml } from "hast-util-from-html";
import { sanitize } from "hast-util-sanitize";
import { visit } from "unist-util-visit";
import { SCHEMA } from "./schema.ts";
import { harmlessStyle, isLocalReference } from "./styles.ts";

/** Deeper than this, a browser itself flattens; the stack of whoever walks through a tree has an end, too. */
const DEEPEST = 400;

/** Parses HTML as the content of an element. */
export function parseHtml(html: string, trust: boolean): Root {
  const tree = parseFragment(html);
  return trust ? tree : harmless(tree);
}

/** The same as it was written, harmful or not: only to be looked at. */
export function parseFragment(html: string): Root {
  try {
    const tree = fromHtml(html, { fragment: true });
    if (!isDeeper(tree, DEEPEST)) return tree;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return { type: "root", children: [{ type: "text", value: "This is nested too deeply to be shown." }] };
}

function isDeeper(tree: Root, limit: number): boolean {
  let level: Nodes[] = [tree];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) return true;
    level = level.flatMap((node) => ("children" in node ? node.children : []));
  }
  return false;
}

/** The tree without anything that could run, load, or leave its place on the page. */
function harmless(tree: Root): Root {
  const safe = asRoot(sanitize(tree, SCHEMA));
  visit(safe, "element", (element) => {
    cleanProperties(element);
  });
  return safe;
}

/** `sanitize` unwraps a root of one child. */
export function asRoot(tree: ReturnType<typeof sanitize>): Root {
  if (tree.type === "root") return tree;
  return { type: "root", children: tree.type === "doctype" ? [] : [tree] };
}

export function cleanProperties(element: Element): void {
  const { properties, tagName } = element;
  for (const [name, value] of Object.entries(properties)) {
    if (name === "style") {
      const style = typeof value === "string" ? harmlessStyle(value) : undefined;
      if (style === undefined) delete properties.style;
      else properties.style = style;
    } else if (name === "href" || name === "xLinkHref") {
      if (!mayReferTo(tagName, String(value))) delete properties[name];
    } else if (typeof value === "string" && !isLocalReference(value)) {
      if (name !== "title" && name !== "alt" && name !== "ariaLabel") delete properties[name];
    }
  }
}

function mayReferTo(tagName: string, url: string): boolean {
  if (tagName === "a") return !/^\s*data:/i.test(url);
  if (tagName === "image") return isPictureUrl(url);
  return url.startsWith("#");
}

/** Data that a browser shows as a picture; in an `<img>`, SVG neither runs scripts nor loads anything. */
export function isPictureUrl(url: string): boolean {
  return /^data:image\/(png|jpeg|jpg|gif|webp|avif|bmp|svg\+xml)[;,]/i.test(url.trim());
}

/** What an element may contain, of a root's children. */
export function contentOf(root: Root): ElementContent[] {
  return root.children.filter((child) => child.type !== "doctype");
}
