// The lines of source around a place, with a mark below it.

import type { Position } from "../compile/positions.ts";
import type { Script } from "./scripts.ts";

/*
 * No colours: front ends have one palette for light and dark, and none of its colours can be read on both the light and the
 * dark red that they put behind an error. Bold and underlined text has the theme's own colour.
 */
export const BOLD = "\x1b[1m";
const UNDERLINE = "\x1b[4m";
export const RESET = "\x1b[0m";

const CONTEXT_LINES = 2;
/** In UTF-16 units. Of a longer line, the part around the mark is shown. */
const WIDEST = 120;

/** Source code that an error points into. */
export type Shown = Pick<Script, "name" | "source">;

/** The place, and the code around it. */
export const excerpt = (shown: Shown, position: Position): string[] => [
  `    ${placeLine(shown.name, position)}`,
  ...codeLines(shown, position),
];

export const placeLine = (name: string, { line, column }: Position): string =>
  `${UNDERLINE}${name}, line ${line}${RESET}:${column}`;

export function codeLines(shown: Shown, position: Position): string[] {
  // Empty lines at the end are nothing to see.
  const source = shown.source.trimEnd().split("\n");
  const first = Math.max(1, position.line - CONTEXT_LINES);
  const last = Math.min(source.length, position.line + CONTEXT_LINES);
  const lines: string[] = [];
  for (let number = first; number <= last; number++) {
    const isMarked = number === position.line;
    const { code, column } = cut(visible(source[number - 1] ?? ""), isMarked ? position.column : 1);
    const numbered = `${String(number).padStart(4)} | ${code}`;
    lines.push(isMarked ? `${BOLD}----> ${RESET}${numbered}` : `      ${numbered}`);
    if (isMarked) lines.push(`           | ${code.slice(0, column - 1).replace(/[^\t]/g, " ")}${BOLD}^${RESET}`);
  }
  return lines;
}

/** Code may hold what would colour it, or worse. */
const visible = (line: string): string => line.replaceAll("\x1b", "␛");

/** The part of a line around a column, and the column in it. */
function cut(line: string, column: number): { code: string; column: number } {
  if (line.length <= WIDEST) return { code: line, column };
  const start = Math.max(0, Math.min(column - WIDEST / 2, line.length - WIDEST));
  const part = line.slice(start, start + WIDEST).toWellFormed();
  const [before, after] = [start > 0 ? "…" : "", start + WIDEST < line.length ? "…" : ""];
  return { code: before + part + after, column: column - start + before.length };
}
