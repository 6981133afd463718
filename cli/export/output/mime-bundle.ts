// One thing in several forms: the richest that the page can show is shown.

import type { ElementContent, Root } from "hast";
import { h } from "hastscript";
import { demoteHeadings } from "../html/demote.ts";
import { contentOf, parseHtml } from "../html/fragment.ts";
import { claimIds } from "../html/ids.ts";
import { inlineImages } from "../html/images.ts";
import { rewriteLinks } from "../html/links.ts";
import { scrollWide } from "../html/wide.ts";
import { renderMarkdown } from "../text/markdown.ts";
import { renderAnsi } from "./ansi.ts";
import { IMAGE_TYPES, renderImage } from "./image.ts";
import { renderJson } from "./json-tree.ts";
import type { PageParts } from "./page-parts.ts";
import { dataText } from "./schema.ts";
import { renderSvg } from "./svg.ts";

interface Bundle {
  data: { [type: string]: unknown };
  metadata: { [type: string]: unknown };
  /** What a picture is called that says nothing about itself. */
  label: string;
}

const SCRIPTS = ["application/javascript", "text/javascript"];

/** Richest first, as in JupyterLab. */
const ORDER = [
  "text/html",
  "text/markdown",
  "image/svg+xml",
  "text/latex",
  ...IMAGE_TYPES,
  "application/json",
  ...SCRIPTS,
  "text/plain",
];

export function renderBundle(bundle: Bundle, page: PageParts): ElementContent[] {
  for (const type of typesOf(bundle.data, page.trust)) {
    const content = renderType(type, bundle, page);
    if (content) return content;
  }
  const types = Object.keys(bundle.data).join(", ") || "nothing";
  return [h("p", { className: ["unshown"] }, `This output cannot be shown on a page (${types}).`)];
}

/** JSON of any kind is a tree where there is nothing better. */
function typesOf(data: Bundle["data"], trust: boolean): string[] {
  const known = ORDER.filter((type) => data[type] !== undefined);
  const [first] = known;
  // A script may be there only to draw what another form already shows.
  const order = trust ? [...known.filter((type) => SCRIPTS.includes(type)), ...known] : known;
  if (first !== undefined && first !== "text/plain") return order;
  const json = Object.keys(data).filter((type) => /^application\/([\w.-]+\+)?json$/.test(type) && !isWidget(type));
  return [...json, ...order];
}

const isWidget = (type: string): boolean => type.startsWith("application/vnd.jupyter.widget");

function renderType(type: string, { data, metadata, label }: Bundle, page: PageParts): ElementContent[] | undefined {
  const value = data[type];
  if (/json$/.test(type)) return [renderJson(value)];
  const text = dataText(value);
  if (text === undefined) return undefined;
  const plain = dataText(data["text/plain"])?.trim();
  const name = plain && !plain.includes("\n") && plain.length < 120 ? plain : label;
  if (IMAGE_TYPES.includes(type)) return optional(renderImage(type, text, metadata, name));
  switch (type) {
    case "text/html":
      return placed(parseHtml(text, page.trust), page, page.trust);
    case "text/markdown":
      return placed(renderMarkdown(text, page), page, false);
    case "image/svg+xml":
      return optional(renderSvg(text, label, page.ids, page.trust));
    case "text/latex":
      return [page.maths.renderOutput(text)];
    case "text/plain":
      return [h("pre", renderAnsi(text))];
    default:
      return SCRIPTS.includes(type) ? script(text, page) : undefined;
  }
}

/** Makes HTML a part of the page. What is trusted stays as it is: its scripts look for its ids. */
function placed(tree: Root, page: PageParts, untouched: boolean): ElementContent[] {
  if (untouched) return contentOf(tree);
  claimIds(tree, page.ids, `${page.ids.claim("output")}-`);
  demoteHeadings(tree);
  rewriteLinks(tree, page.resolveLink, page.note);
  inlineImages(tree, page.loadImage, page.note);
  scrollWide(tree);
  return contentOf(tree);
}

function script(source: string, page: PageParts): ElementContent[] {
  if (page.trust) return [h("script", source)];
  return [
    h("details", { className: ["fold"] }, [
      h("summary", "A script, which was not run"),
      h("pre", { tabIndex: 0 }, [page.colours.code(source, "javascript")]),
    ]),
  ];
}

const optional = <T>(value: T | undefined): T[] | undefined => (value === undefined ? undefined : [value]);
