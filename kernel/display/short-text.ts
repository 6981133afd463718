// A value in one short line: a cell of a table, a leaf of a tree.

import { inspect } from "node:util";
import { Unreadable } from "./record.ts";
import { ABSENT } from "./table-data.ts";

const LENGTH = 200;

const OPTIONS = { depth: 1, maxArrayLength: 10, maxStringLength: LENGTH, breakLength: Infinity, compact: true };

/** Text as it is, anything else as `util.inspect` shows it; at most 200 characters on one line. */
export function shortText(value: unknown): string {
  if (value === ABSENT) return "";
  if (value instanceof Unreadable) return `<${value.reason}>`;
  return cut(typeof value === "string" ? value : inspected(value)).toWellFormed();
}

/** As `shortText`, with text in quotes. */
export const shortCode = (value: unknown): string =>
  typeof value === "string" ? cut(inspected(value)).toWellFormed() : shortText(value);

function inspected(value: unknown): string {
  try {
    return inspect(value, OPTIONS);
  } catch (error) {
    return `<cannot be shown: ${new Unreadable(error).reason}>`;
  }
}

function cut(text: string): string {
  const line = text.length > LENGTH ? `${text.slice(0, LENGTH - 1)}…` : text;
  return line.replace(/\s*\n\s*/g, " ");
}
