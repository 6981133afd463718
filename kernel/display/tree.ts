// An object as a tree that unfolds. What is small enough to be read at once stays text.

import { isProxy } from "node:util/types";
import { escapeMarkup } from "../../runtime/host.ts";
import { property } from "./record.ts";
import { shortCode } from "./short-text.ts";

/** Lines of text up to which a tree is no help. */
const LINES = 12;
const ENTRIES = 100;
const DEPTH = 6;
/** In all of a tree: where many branches meet, the deeper ones stay short. */
const NODES = 2_000;

/** A plain object or array whose text is long, as HTML; undefined for all else. */
export function treeOf(value: object, text: string): string | undefined {
  if (!isPlain(value) || text.split("\n", LINES + 1).length <= LINES) return undefined;
  const budget = { left: NODES };
  return `<div style="font-family:var(--jp-code-font-family,monospace);line-height:1.5">${branch(value, undefined, 0, new Set(), budget)}</div>`;
}

function branch(
  value: object,
  key: string | undefined,
  depth: number,
  above: Set<object>,
  budget: { left: number },
): string {
  const keys = Object.keys(value);
  const summary = label(key) + escapeMarkup(Array.isArray(value) ? `[…] ${keys.length}` : shortCode(value));
  if (depth >= DEPTH || budget.left <= 0) return `<div>${label(key)}${escapeMarkup(shortCode(value))}</div>`;
  const inside = new Set(above).add(value);
  const children: string[] = [];
  for (const name of keys.slice(0, ENTRIES)) {
    if (budget.left-- <= 0) break;
    const child = property(value, name);
    if (!isPlain(child) || Object.keys(child).length === 0) children.push(leaf(name, shortCode(child)));
    else if (inside.has(child)) children.push(leaf(name, "[Circular]"));
    else children.push(branch(child, name, depth + 1, inside, budget));
  }
  const rest = keys.length - children.length;
  if (rest > 0) children.push(`<div><em>… ${rest.toLocaleString("en-US")} more</em></div>`);
  return `<details${depth === 0 ? " open" : ""}><summary>${summary}</summary><div style="padding-left:1.5em">${children.join("")}</div></details>`;
}

const label = (key: string | undefined): string => (key === undefined ? "" : `<b>${escapeMarkup(key)}</b>: `);

const leaf = (name: string, text: string): string => `<div>${label(name)}${escapeMarkup(text)}</div>`;

function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null || isProxy(value)) return false;
  if (Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
