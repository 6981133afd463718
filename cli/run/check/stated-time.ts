// The time that a notebook states for a cell, in its metadata, and whether a run kept it.

import * as z from "zod/mini";
import type { CodeCell } from "../../notebook/format.ts";
import { lastMeasured } from "./figures.ts";
import { streamText } from "./shown.ts";

export type ClockName = "real" | "virtual";

/** On a real clock nothing is early, and a busy machine is late. */
const EARLY = 0.02;
const LATE = 0.15;
/** What printing two decimals may take away or add. */
const ROUNDING = 0.005;

const schema = z.object({
  loopbook: z.optional(
    z.object({
      item: z.optional(z.string()),
      seconds: z.optional(z.number()),
      tolerance: z.optional(z.number()),
      against: z.optional(z.string()),
      measured: z.optional(z.boolean()),
    }),
  ),
});

export type Stated = NonNullable<z.infer<typeof schema>["loopbook"]>;

/**
 * What is stated of a cell: the seconds that it takes, the id of the cell that does the same one after another, and whether
 * the figures of time in its lines are measured.
 */
export const statedOf = (cell: CodeCell): Stated => schema.safeParse(cell.metadata).data?.loopbook ?? {};

/** The time that the cell printed in its last line, in seconds. */
export const measuredBy = (cell: CodeCell): number | undefined => lastMeasured(streamText(cell, "stdout"))?.seconds;

export interface TimeProblem {
  stated: number;
  measured: number;
  from: number;
  to: number;
}

/**
 * Undefined if the cell states no time, or kept it. What it printed in its last line counts, which is without the compiler's
 * time; else `seconds`, what it took as a whole. If neither is known, nothing can be said.
 */
export function timeProblem(cell: CodeCell, clock: ClockName, seconds?: number): TimeProblem | undefined {
  const { seconds: stated, tolerance = 0 } = statedOf(cell);
  const measured = measuredBy(cell) ?? seconds;
  if (stated === undefined || measured === undefined) return undefined;
  const exact = clock === "virtual";
  const from = exact ? stated : stated * (1 - Math.max(EARLY, tolerance));
  const to = exact ? stated : stated * (1 + Math.max(LATE, tolerance));
  const kept = measured >= from - ROUNDING && measured <= to + ROUNDING;
  return kept ? undefined : { stated, measured, from, to };
}
