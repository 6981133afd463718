// What may be wider than a page scrolls by itself, also by keyboard.

import type { Root } from "hast";
import { h } from "hastscript";
import { SKIP, visit } from "unist-util-visit";

export function scrollWide(tree: Root): void {
  visit(tree, "element", (element, index, parent) => {
    if (element.tagName === "pre") element.properties.tabIndex = 0;
    if (element.tagName !== "table" || parent === undefined || index === undefined) return;
    parent.children[index] = h("div", { className: ["scroll"], tabIndex: 0 }, [element]);
    return SKIP;
  });
}
