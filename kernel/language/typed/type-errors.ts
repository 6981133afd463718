// Type errors of a cell: which of the checker's findings are the user's business, and how they read.

import { ownMessage } from "../scope/generated-names.ts";
import { GENERATED_LINES } from "../scope/notebook-scope.ts";
import type { Diagnostic } from "../server/server-messages.ts";

export interface CellTypeError {
  /** From 1, in the cell. */
  line: number;
  /** In UTF-16 units from 0; `end` is on the same line. */
  start: number;
  end: number;
  message: string;
  code: number;
}

const ERROR = 1;
const SHOWN = 10;

/** What running the cell says better, or what is no mistake in a notebook. */
const IGNORED = new Set([
  // A module that is not found, or has no types: the import itself fails with advice, or works.
  2307, 2792, 2882, 7016,
  // JSX whose package, or whose types, are not found.
  2874, 2875, 7026,
  // A variable without a type that cells assign to in turn.
  7005, 7034,
  // Something is not used: a later cell may.
  6133, 6138, 6192, 6196, 6198, 6199,
  // Unreachable code, unused labels.
  7027, 7028,
  // A global that is made at run time: globalThis.x = 1
  7017,
]);
const NAME_NOT_FOUND = new Set([2304, 2552, 2580, 2581, 2582, 2583, 2584, 2591, 2592, 2593, 18004]);
const ASSIGNED_TO_IMPORT = 2632;
const ASSIGNED_TO_CONSTANT = 2588;

/** The errors of a cell, in its own lines. */
export function typeErrors(code: string, diagnostics: readonly Diagnostic[]): CellTypeError[] {
  const lines = code.split("\n");
  return diagnostics.flatMap(({ severity, code: number, message, range }) => {
    const line = range.start.line - GENERATED_LINES;
    const text = lines[line];
    const isError = severity === undefined || severity === ERROR;
    if (!isError || text === undefined || typeof number !== "number" || IGNORED.has(number)) return [];
    if (message.includes("'typeof globalThis'")) return [];
    const start = range.start.character;
    const end = range.end.line === range.start.line ? range.end.character : text.length;
    // To the user it is a constant; that it comes in by an import is ours.
    const assigned = number === ASSIGNED_TO_IMPORT;
    return {
      line: line + 1,
      start,
      end: Math.max(end, start + 1),
      message: assigned ? message.replace("an import", "a constant") : ownMessage(message),
      code: assigned ? ASSIGNED_TO_CONSTANT : number,
    };
  });
}

/** The name that the checker does not know, where that is all that is wrong: the running kernel may know it. */
export function unknownName(code: string, { line, start, end, code: number }: CellTypeError): string | undefined {
  return NAME_NOT_FOUND.has(number) ? code.split("\n")[line - 1]?.slice(start, end) : undefined;
}

/**
 * The errors as text, one after the other:
 *
 *     line 2: Type 'string' is not assignable to type 'number'. ts(2322)
 *         const n: number = "x";
 *               ^
 */
export function describeTypeErrors(code: string, errors: readonly CellTypeError[]): string[] {
  const lines = code.split("\n");
  const shown = errors.slice(0, SHOWN).map(({ line, start, end, message, code: number }) => {
    const source = lines[line - 1] ?? "";
    // Tabs stay tabs, so that the marks stand below what they mark whatever a tab is wide.
    const margin = Array.from(source.slice(0, start), (char) => (char === "\t" ? "\t" : " ")).join("");
    const marks = "^".repeat(Math.max(1, Array.from(source.slice(start, end)).length));
    // The first line says what is wrong, those below it why.
    const [what = "", ...why] = message.split("\n");
    const reasons = why.map((reason) => `${reason}\n`).join("");
    return `line ${line}: ${what} ts(${number})\n${reasons}    ${source}\n    ${margin}${marks}\n`;
  });
  const more = errors.length - shown.length;
  const last = shown.at(-1);
  return more > 0 && last !== undefined ? [...shown.slice(0, -1), `${last}… and ${more} more type errors\n`] : shown;
}
