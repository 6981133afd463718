// What came of a notebook: what the summary and the report are made of.

import type { CodeCell } from "../notebook/format.ts";
import type { CellDifferences } from "./check/compare.ts";
import { measuredBy, statedOf } from "./check/stated-time.ts";
import type { CellFailure } from "./failures.ts";
import type { Leftover } from "./leftover.ts";

export interface NotebookResult {
  file: string;
  /** Why the notebook was not run, or not to its end: it could not be read, or its kernel died. */
  problem?: string | undefined;
  /** Its code cells, and how many of them ran. */
  cells: number;
  ran: number;
  /** How often it ran: more than once if it missed its times beside others. */
  tries: number;
  /** The seconds of the whole run, with the kernel's start and end. */
  seconds: number;
  /** The sum of the times that its cells state, in seconds; 0 if none does. */
  stated: number;
  /** Each cell that was measured against the same work done one after another. */
  gains: Gain[];
  /** What the run stopped at. */
  failure?: CellFailure | undefined;
  /** All failures, allowed ones too. */
  failures: CellFailure[];
  /** What the cells had left running, and did not end in time. */
  leftover?: Leftover | undefined;
  /** Undefined if nothing was compared. */
  differences?: CellDifferences[] | undefined;
  /** Where the notebook was written, if it was. */
  written?: string | undefined;
}

export interface Gain {
  cell: string;
  against: string;
  /** Seconds one after another, and together. */
  inARow: number;
  together: number;
}

export const passed = ({ problem, failure, differences }: NotebookResult): boolean =>
  problem === undefined && failure === undefined && (differences ?? []).length === 0;

/** Whether nothing is wrong with it but times that it states. */
export const missedTimes = ({ problem, failure, differences = [] }: NotebookResult): boolean =>
  problem === undefined &&
  failure === undefined &&
  differences.length > 0 &&
  differences.every((cell) => cell.differences.every(({ kind }) => kind === "time"));

/** The cells that failed, but for those whose tag announces it. */
export const failed = ({ failures }: Pick<NotebookResult, "failures">): CellFailure[] =>
  failures.filter(({ allowed }) => allowed !== "raises-exception");

export const statedSeconds = (cells: readonly CodeCell[]): number =>
  cells.reduce((sum, cell) => sum + (statedOf(cell).seconds ?? 0), 0);

/** A cell says in its metadata which cell does the same one after another: `loopbook: { against: ID }`. */
export function gainsOf(cells: readonly CodeCell[]): Gain[] {
  return cells.flatMap((cell) => {
    const { against } = statedOf(cell);
    const other = against === undefined ? undefined : cells.find(({ id }) => id === against);
    const together = measuredBy(cell);
    const inARow = other && measuredBy(other);
    if (cell.id === undefined || against === undefined || together === undefined || inARow === undefined) return [];
    return [{ cell: cell.id, against, inARow, together }];
  });
}

export const speedUp = ({ inARow, together }: Gain): number => inARow / together;
