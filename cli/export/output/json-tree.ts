// JSON to be unfolded level by level, without scripts.

import type { Element, ElementContent } from "hast";
import { h } from "hastscript";

/** More items of one list or object than this are only counted: a page is to be read. */
const SHOWN = 200;
/** What lies deeper is shown as text. */
const DEEPEST = 30;

/** `open` is how many levels are unfolded at first. */
export function renderJson(value: unknown, open = 1): Element {
  return h("div", { className: ["json"] }, [item(undefined, value, open, 0)]);
}

function item(key: string | undefined, value: unknown, open: number, depth: number): Element {
  const label = key === undefined ? [] : [h("span", { className: ["json-key"] }, key), ": "];
  if (typeof value !== "object" || value === null)
    return h("div", { className: ["json-leaf"] }, [...label, leaf(value)]);
  const list = Array.isArray(value);
  const entries = list ? value.map((each, index) => [String(index), each] as const) : Object.entries(value);
  const size = h("span", { className: ["json-size"] }, list ? `[${entries.length}]` : `{${entries.length}}`);
  if (entries.length === 0) return h("div", { className: ["json-leaf"] }, [...label, list ? "[]" : "{}"]);
  if (depth >= DEEPEST) return h("div", { className: ["json-leaf"] }, [...label, size]);
  const rest = entries.length - SHOWN;
  return h("details", { open: open > 0 }, [
    h("summary", [...label, size]),
    h("div", { className: ["json-items"] }, [
      ...entries.slice(0, SHOWN).map(([name, each]) => item(name, each, open - 1, depth + 1)),
      ...(rest > 0 ? [h("div", { className: ["json-leaf"] }, `… ${rest} more`)] : []),
    ]),
  ]);
}

function leaf(value: unknown): ElementContent {
  const kind = value === null ? "null" : typeof value;
  return h("span", { className: [`json-${kind}`] }, JSON.stringify(value) ?? "undefined");
}
