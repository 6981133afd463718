// Headings inside an output are none of the page's outline.

import type { Root } from "hast";
import { visit } from "unist-util-visit";

export function demoteHeadings(tree: Root): void {
  visit(tree, "element", (element) => {
    if (!/^h[1-6]$/.test(element.tagName)) return;
    element.tagName = "p";
    element.properties.className = ["output-heading"];
  });
}
