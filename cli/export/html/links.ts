// Where links lead once notebooks are pages.

import type { Root } from "hast";
import { visit } from "unist-util-visit";

/** Resolves the path of a link, relative to its notebook: the address in the exported site, or why there is none. */
export type ResolveLink = (path: string) => { href: string } | { missing: string };

const ABSOLUTE = /^[a-z][a-z0-9+.-]*:/i;
const ALLOWED = /^(https?|mailto):/i;

/** Rewrites the links of a tree. A link to what is not in the export becomes plain text. */
export function rewriteLinks(tree: Root, resolve: ResolveLink, note: (text: string) => void): void {
  visit(tree, "element", (element) => {
    const { href } = element.properties;
    if (element.tagName !== "a" || typeof href !== "string") return;
    const target = rewrite(href.trim(), resolve);
    if ("href" in target) {
      element.properties.href = target.href;
      if (/^https?:/i.test(target.href)) element.properties.rel = ["noopener", "noreferrer"];
      return;
    }
    note(target.missing);
    element.tagName = "span";
    element.properties = { className: ["unlinked"], title: target.missing };
  });
}

function rewrite(href: string, resolve: ResolveLink): ReturnType<ResolveLink> {
  if (href.startsWith("#") || ALLOWED.test(href)) return { href };
  if (ABSOLUTE.test(href) || href.startsWith("//")) return { missing: `a link to ${href} was removed` };
  const [, path = "", hash = ""] = /^([^?#]*)(?:\?[^#]*)?(#.*)?$/.exec(href) ?? [];
  const target = resolve(decoded(path));
  return "href" in target ? { href: target.href + hash } : target;
}

/** A path is what it says where it is no valid encoding. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
