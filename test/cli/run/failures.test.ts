// Which cells count as failed, and which of them ends a run.

import { expect, test } from "vitest";
import type { CodeCell } from "../../../cli/notebook/format.ts";
import { Failures } from "../../../cli/run/failures.ts";

const cell = (...tags: string[]): CodeCell => ({
  cell_type: "code",
  source: "",
  metadata: { tags },
  outputs: [],
  execution_count: null,
});
const error = (ename: string) => ({ ename, evalue: "on purpose", traceback: [] });

/** Three cells, of which the second announces its failure. */
function threeCells(allowErrors = false): { failures: Failures; cells: CodeCell[] } {
  const failures = new Failures(allowErrors);
  const cells = [cell(), cell("raises-exception"), cell()];
  for (const [index, each] of cells.entries()) failures.begin(`r${index + 1}`, index + 1, each);
  return { failures, cells };
}

test("an error among its outputs fails a cell, however late it comes, and the first ends the run", () => {
  const { failures } = threeCells();
  failures.published("r3", error("RangeError"));
  failures.published("r1", error("TypeError"));
  expect(failures.first).toMatchObject({ number: 3, summary: "RangeError: on purpose" });
  expect(failures.all.map(({ number }) => number)).toEqual([1, 3]);
});

test("a failure that is announced, or allowed, ends nothing", () => {
  const { failures } = threeCells(true);
  failures.published("r1", error("TypeError"));
  failures.published("r2", error("TypeError"));
  expect(failures.first).toBeUndefined();
  expect(failures.all.map(({ allowed }) => allowed)).toEqual(["--allow-errors", "raises-exception"]);
});

test("a failure after which no cell can run ends the run, whatever is allowed", () => {
  const { failures, cells } = threeCells(true);
  failures.published("r1", error("KeyboardInterrupt"));
  if (cells[0]) failures.ended(1, cells[0], { summary: "too long", text: "too long", bearable: false });
  expect(failures.first).toMatchObject({ number: 1, text: "too long" });
});

test("the cell that ended the kernel is blamed, not the one that it took with it", () => {
  const { failures, cells } = threeCells();
  failures.published("r1", error("SystemExit"));
  if (cells[2]) failures.ended(3, cells[2], { summary: "shut down", text: "shut down", bearable: false });
  expect(failures.all.map(({ number }) => number)).toEqual([1]);
});
