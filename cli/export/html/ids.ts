// One page, many authors of ids: markdown, outputs, the page itself. Each id is given once.

import type { Properties, Root } from "hast";
import { visit } from "unist-util-visit";

export class Ids {
  readonly #taken = new Set<string>();

  /** The wanted id, or the first free one of `wanted-2`, `wanted-3`, … */
  claim(wanted: string): string {
    let id = wanted;
    for (let n = 2; this.#taken.has(id); n++) id = `${wanted}-${n}`;
    this.#taken.add(id);
    return id;
  }
}

const ID_LISTS = ["ariaDescribedBy", "ariaLabelledBy", "htmlFor", "headers"];

/**
 * Makes the ids of a tree unique on the page, and lets the tree's own references follow.
 *
 * A picture's ids (`#gradient`) get a prefix; those of markdown keep their name where it is free, because other cells may link
 * to them.
 */
export function claimIds(tree: Root, ids: Ids, prefix = ""): void {
  const renamed = new Map<string, string>();
  visit(tree, "element", ({ properties }) => {
    if (properties.id === undefined) return;
    const old = String(properties.id);
    const id = ids.claim(prefix + old);
    // Of two with one id, references mean the first, as in a browser.
    if (!renamed.has(old)) renamed.set(old, id);
    properties.id = id;
  });
  if (renamed.size > 0) visit(tree, "element", ({ properties }) => follow(properties, renamed));
}

function follow(properties: Properties, renamed: ReadonlyMap<string, string>): void {
  for (const [name, value] of Object.entries(properties)) {
    if (name === "id") continue;
    if (ID_LISTS.includes(name)) properties[name] = idList(value).map((id) => renamed.get(id) ?? id);
    else if (typeof value !== "string") continue;
    else if ((name === "href" || name === "xLinkHref") && value.startsWith("#"))
      properties[name] = `#${renamed.get(value.slice(1)) ?? value.slice(1)}`;
    else if (value.includes("url("))
      properties[name] = value.replaceAll(
        /url\(\s*(["']?)#([^"')]*)\1\s*\)/g,
        (_, _quote, id: string) => `url(#${renamed.get(id) ?? id})`,
      );
  }
}

const idList = (value: Properties[string]): string[] =>
  Array.isArray(value) ? value.map(String) : String(value).split(/\s+/);
