// Markdown as Jupyter reads it, to a tree in which nothing is unsafe.

import type { Root } from "hast";
import { toString as textOf } from "hast-util-to-string";
import MarkdownIt from "markdown-it";
import { visit } from "unist-util-visit";
import { parseHtml } from "../html/fragment.ts";
import type { CodeColours } from "./highlight.ts";
import type { Maths } from "./maths.ts";
import { addMaths } from "./maths-syntax.ts";

const markdown = MarkdownIt({ html: true, linkify: true });
addMaths(markdown);

export interface MarkdownTools {
  trust: boolean;
  maths: Maths;
  colours: CodeColours;
}

export function renderMarkdown(source: string, { trust, maths, colours }: MarkdownTools): Root {
  const tree = parseHtml(markdown.render(source), trust);
  maths.renderMarked(tree);
  highlightFences(tree, colours);
  return tree;
}

function highlightFences(tree: Root, colours: CodeColours): void {
  visit(tree, "element", ({ tagName, children }) => {
    const [code] = children;
    if (tagName !== "pre" || code?.type !== "element" || code.tagName !== "code") return;
    const { className } = code.properties;
    const language = Array.isArray(className)
      ? className.map(String).find((name) => name.startsWith("language-"))
      : undefined;
    const source = textOf(code).replace(/\n$/, "");
    children[0] = colours.code(source, language?.slice("language-".length) ?? "");
  });
}
