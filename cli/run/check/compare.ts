// What a run showed, beside what the notebook says that it shows.

import type { CodeCell } from "../../notebook/format.ts";
import type { CellSeconds } from "./cell-times.ts";
import { type DiffLine, diffLines } from "./diff.ts";
import { type Shown, shownBy } from "./shown.ts";
import { type ClockName, statedOf, type TimeProblem, timeProblem } from "./stated-time.ts";

export type Difference =
  | { kind: "output"; what: string; lines: DiffLine[] }
  | ({ kind: "time" } & TimeProblem)
  /** The notebook was saved without running the cell: there is nothing to compare with. */
  | { kind: "unsaved" };

/** A cell that is not as the notebook says. */
export interface CellDifferences {
  /** The cell's place among the code cells, from 1 on. */
  number: number;
  cell: CodeCell;
  differences: Difference[];
}

/** The cells as they were saved: what a run of the notebook should show again. */
export const keepSaved = (cells: readonly CodeCell[]): CodeCell[] => cells.map((cell) => structuredClone(cell));

/**
 * Compares the cells that ran with those that were saved; both lists have the same cells. `seconds` is what those took that
 * do not print it.
 */
export function compareCells(
  saved: readonly CodeCell[],
  ran: readonly CodeCell[],
  clock: ClockName,
  seconds?: CellSeconds,
): CellDifferences[] {
  return ran.flatMap((cell, index) => {
    const before = saved[index];
    const differences = before ? compareCell(before, cell, clock, seconds?.get(cell)) : [];
    return differences.length > 0 ? [{ number: index + 1, cell, differences }] : [];
  });
}

export function compareCell(saved: CodeCell, ran: CodeCell, clock: ClockName, seconds?: number): Difference[] {
  if (saved.execution_count === null && saved.outputs.length === 0) return [{ kind: "unsaved" }];
  const time = timeProblem(ran, clock, seconds);
  const shown = (cell: CodeCell) =>
    clock === "real" && statedOf(saved).measured ? shownBy(cell).map(withoutTimes) : shownBy(cell);
  return [...compareShown(shown(saved), shown(ran)), ...(time ? [{ kind: "time" as const, ...time }] : [])];
}

/** For a cell that prints what it measured other than as `label: 3.00s`: times and gains in a table. */
const withoutTimes = ({ what, lines }: Shown): Shown => ({
  what,
  lines: lines.map(({ text, key }) => ({ text, key: key.replace(/ *\d+(?:\.\d+)? ?[sx×](?!\w)/g, " …") })),
});

/** Pairs what is shown by what it is and the how manyth of it. */
function compareShown(saved: readonly Shown[], ran: readonly Shown[]): Difference[] {
  const expected = numbered(saved);
  const got = numbered(ran);
  const names = new Set([...expected.keys(), ...got.keys()]);
  return [...names].flatMap((name) => {
    const what = (got.get(name) ?? expected.get(name))?.what ?? name;
    const lines = missingOrAdded(what, expected.get(name), got.get(name));
    return lines ? [{ kind: "output", what, lines }] : [];
  });
}

/** A display of which nothing can be compared line by line must still be there. */
function missingOrAdded(what: string, expected: Shown | undefined, got: Shown | undefined): DiffLine[] | undefined {
  const lines = diffLines(expected?.lines ?? [], got?.lines ?? []);
  if (lines || (expected && got)) return lines;
  return [{ sign: expected ? "-" : "+", text: `[${what}]` }];
}

function numbered(shown: readonly Shown[]): Map<string, Shown> {
  const counts = new Map<string, number>();
  return new Map(
    shown.map((each) => {
      const count = (counts.get(each.what) ?? 0) + 1;
      counts.set(each.what, count);
      return [`${each.what} ${count}`, each];
    }),
  );
}
