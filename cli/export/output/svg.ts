// A picture in SVG: part of the page where that is safe, so that it takes the page's colours; else an image of its own.

import type { Element, Root } from "hast";
import { sanitize } from "hast-util-sanitize";
import { toHtml } from "hast-util-to-html";
import { toString as textOf } from "hast-util-to-string";
import { h } from "hastscript";
import { EXIT, visit } from "unist-util-visit";
import { asRoot, cleanProperties, parseFragment, parseHtml } from "../html/fragment.ts";
import { claimIds, type Ids } from "../html/ids.ts";
import { ISOLATED_SVG_SCHEMA } from "../html/schema.ts";

const LONGEST_NAME = 600;

/** Undefined if there is no picture in the source. `label` says what it shows, if it does not say so itself. */
export function renderSvg(source: string, label: string, ids: Ids, trust: boolean): Element | undefined {
  const original = findSvg(parseFragment(source));
  if (!original) return undefined;
  const name = described(original) ?? label;
  // A style sheet would dress the whole page. As an image, the picture keeps its own.
  if (hasStyleSheet(original) && !trust) return asImage(original, name);
  const tree = parseHtml(source, trust);
  const svg = findSvg(tree);
  if (!svg) return undefined;
  if (!trust) claimIds(tree, ids, `${ids.claim("picture")}-`);
  svg.properties.role ??= "img";
  if (svg.properties.ariaLabel === undefined && svg.properties.ariaLabelledBy === undefined)
    svg.properties.ariaLabel = name;
  return svg;
}

function asImage(svg: Element, alt: string): Element | undefined {
  const safe = asRoot(sanitize(svg, ISOLATED_SVG_SCHEMA));
  const root = findSvg(safe);
  if (!root) return undefined;
  visit(root, "element", (element) => {
    if (element.tagName !== "style") return cleanProperties(element);
    // The characters of a style sheet are written as they are; in XML that takes a CDATA section.
    const css = textOf(element).replaceAll("]]>", "");
    element.children = [{ type: "text", value: `<![CDATA[${css}]]>` }];
  });
  root.properties.xmlns = "http://www.w3.org/2000/svg";
  root.properties.xmlnsXLink = "http://www.w3.org/1999/xlink";
  const xml = toHtml(root, {
    space: "svg",
    closeEmptyElements: true,
    closeSelfClosing: true,
    characterReferences: { useNamedReferences: false },
  });
  const src = `data:image/svg+xml;base64,${Buffer.from(xml).toString("base64")}`;
  return h("img", { src, alt, width: pixels(root.properties.width), height: pixels(root.properties.height) });
}

const pixels = (length: unknown): string | undefined => /^\s*([\d.]+)(px)?\s*$/.exec(String(length))?.[1];

function findSvg(tree: Root | Element): Element | undefined {
  let found: Element | undefined;
  visit(tree, "element", (element) => {
    if (element.tagName !== "svg") return;
    found = element;
    return EXIT;
  });
  return found;
}

/** A picture's own words about itself, kept short enough to listen to. */
function described(svg: Element): string | undefined {
  const words = ["title", "desc"].map((name) =>
    svg.children
      .filter((child) => child.type === "element" && child.tagName === name)
      .map((child) => textOf(child).trim())
      .join(" "),
  );
  const text = words.filter((part) => part !== "").join(". ");
  if (text === "") return undefined;
  return text.length <= LONGEST_NAME ? text : `${text.slice(0, LONGEST_NAME)}…`;
}

function hasStyleSheet(svg: Element): boolean {
  let found = false;
  visit(svg, "element", ({ tagName }) => {
    if (tagName === "style") found = true;
  });
  return found;
}
