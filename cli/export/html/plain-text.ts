// The words of a tree, as one would read them aloud.

import type { Nodes } from "hast";
import { toString as textOf } from "hast-util-to-string";

/** Without the TeX that MathML carries along. */
export function plainText(node: Nodes): string {
  if (node.type === "element" && node.tagName === "annotation") return "";
  if (!("children" in node)) return textOf(node);
  return node.children.map(plainText).join("");
}
