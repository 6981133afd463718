// The shortest difference of two lists of lines.

import type { Line } from "./shown.ts";

export interface DiffLine {
  /** `-` was expected and did not come, `+` came and was not expected. */
  sign: " " | "-" | "+";
  text: string;
}

/** Both lists are of one cell's output: a table of their lengths is no matter. Beyond this, only the first difference. */
const LONGEST = 2000;

/** The lines of both in order; undefined if they are the same. */
export function diffLines(expected: readonly Line[], got: readonly Line[]): DiffLine[] | undefined {
  if (expected.length === got.length && expected.every(({ key }, index) => key === got[index]?.key)) return undefined;
  if (expected.length * got.length > LONGEST * LONGEST) return firstDifference(expected, got);
  const common = commonTable(expected, got);
  const at = (i: number, j: number): number => common[i]?.[j] ?? 0;
  const lines: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < expected.length || j < got.length) {
    const before = expected[i];
    const after = got[j];
    if (before && after && before.key === after.key) {
      lines.push({ sign: " ", text: after.text });
      i++;
      j++;
    } else if (before && (!after || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ sign: "-", text: before.text });
      i++;
    } else if (after) {
      lines.push({ sign: "+", text: after.text });
      j++;
    }
  }
  return lines;
}

/** How many lines the rest of both have in common, from each place on. */
function commonTable(expected: readonly Line[], got: readonly Line[]): number[][] {
  const table = Array.from({ length: expected.length + 1 }, () => new Array<number>(got.length + 1).fill(0));
  for (let i = expected.length - 1; i >= 0; i--)
    for (let j = got.length - 1; j >= 0; j--) {
      const same = expected[i]?.key === got[j]?.key;
      const row = table[i];
      if (row) row[j] = same ? (table[i + 1]?.[j + 1] ?? 0) + 1 : Math.max(table[i + 1]?.[j] ?? 0, row[j + 1] ?? 0);
    }
  return table;
}

function firstDifference(expected: readonly Line[], got: readonly Line[]): DiffLine[] {
  let at = 0;
  while (at < expected.length && expected[at]?.key === got[at]?.key) at++;
  const some = (lines: readonly Line[], sign: "-" | "+"): DiffLine[] => {
    const [line] = lines.slice(at, at + 1);
    return line ? [{ sign, text: line.text }] : [];
  };
  return [...some(expected, "-"), ...some(got, "+")];
}
