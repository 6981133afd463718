// Which notebooks run again because others have disturbed their times.

import { expect, test } from "vitest";
import type { CodeCell } from "../../../cli/notebook/format.ts";
import type { Difference } from "../../../cli/run/check/compare.ts";
import { missedTimes, type NotebookResult } from "../../../cli/run/result.ts";
import { notRun } from "../../../cli/run/run-loaded.ts";

const cell: CodeCell = { cell_type: "code", source: "", metadata: {}, outputs: [], execution_count: 1 };
const late: Difference = { kind: "time", stated: 1, measured: 2, from: 1, to: 1.2 };
const other: Difference = { kind: "output", what: "stdout", lines: [] };

const withDifferences = (...differences: Difference[]): NotebookResult => ({
  ...notRun("a.ipynb"),
  differences: differences.length === 0 ? [] : [{ number: 1, cell, differences }],
});

test("only a notebook that misses nothing but times may run again", () => {
  expect(missedTimes(withDifferences(late))).toBe(true);
  expect(missedTimes(withDifferences())).toBe(false);
  expect(missedTimes(withDifferences(late, other))).toBe(false);
  expect(missedTimes({ ...withDifferences(late), problem: "the kernel died" })).toBe(false);
});
