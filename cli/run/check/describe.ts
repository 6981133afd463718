// Differences as people read them: the cell, what was expected, what came.

import { type Colourable, hasColours } from "../../colours.ts";
import type { CellDifferences, Difference } from "./compare.ts";
import type { DiffLine } from "./diff.ts";

/** Lines around a difference that are shown to say where it is. */
const CONTEXT = 2;

export interface Paint {
  expected: (text: string) => string;
  got: (text: string) => string;
  faint: (text: string) => string;
  strong: (text: string) => string;
}

const same = (text: string): string => text;
const colour =
  (on: number, off: number) =>
  (text: string): string =>
    `\x1b[${on}m${text}\x1b[${off}m`;

export const paintFor = (stream: Colourable): Paint =>
  hasColours(stream)
    ? { expected: colour(31, 39), got: colour(32, 39), faint: colour(2, 22), strong: colour(1, 22) }
    : { expected: same, got: same, faint: same, strong: same };

/** All differences of one cell. */
export function describeCell({ number, cell, differences }: CellDifferences, file: string, paint: Paint): string {
  const name = cell.id === undefined ? `cell ${number}` : `cell ${number} (${cell.id})`;
  return [paint.strong(`${file}: ${name}`), ...differences.map((each) => describe(each, paint))].join("\n");
}

function describe(difference: Difference, paint: Paint): string {
  switch (difference.kind) {
    case "output":
      return [
        `  ${difference.what} is not as saved (- expected, + got):`,
        ...difference.lines.flatMap((line, index, all) => excerpt(line, index, all, paint)),
      ].join("\n");
    case "time":
      return `  ${timeText(difference)}`;
    case "unsaved":
      return "  has no saved output to compare with: run the notebook with --in-place first";
  }
}

/** What is wrong with a cell's time. */
export function timeText({ stated, measured, from, to }: Extract<Difference, { kind: "time" }>): string {
  const range = from === to ? `exactly ${from.toFixed(2)} s` : `${from.toFixed(2)} to ${to.toFixed(2)} s`;
  return `took ${measured.toFixed(2)} s; it states ${stated} s, so it should take ${range}`;
}

function excerpt({ sign, text }: DiffLine, index: number, all: readonly DiffLine[], paint: Paint): string[] {
  if (sign === "-") return [`    ${paint.expected(`- ${text}`)}`];
  if (sign === "+") return [`    ${paint.got(`+ ${text}`)}`];
  const near = all.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some((line) => line.sign !== " ");
  if (near) return [`    ${paint.faint(`  ${text}`)}`];
  const nearNext = all.slice(Math.max(0, index - CONTEXT - 1), index + CONTEXT).some((line) => line.sign !== " ");
  return nearNext ? [`    ${paint.faint("  …")}`] : [];
}
