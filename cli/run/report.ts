// `--report FILE`: what came of a run, as JSON for other programs.

import type { CellDifferences, Difference } from "./check/compare.ts";
import { timeText } from "./check/describe.ts";
import type { ClockName } from "./check/stated-time.ts";
import { type Gain, type NotebookResult, passed, speedUp } from "./result.ts";

/** All times are in seconds. */
export function reportJson(results: readonly NotebookResult[], clock: ClockName, seconds: number): string {
  const report = { passed: results.every(passed), clock, seconds: round(seconds), notebooks: results.map(notebook) };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function notebook(result: NotebookResult) {
  const { file, problem, cells, ran, seconds, stated, gains, failure, differences, written } = result;
  return {
    file,
    passed: passed(result),
    cells,
    ran,
    seconds: round(seconds),
    stated: round(stated),
    speedUps: gains.map(gain),
    problem,
    failure: failure && { number: failure.number, id: failure.cell.id, text: failure.text },
    differences: differences?.map(cellDifferences),
    written,
  };
}

const gain = (each: Gain) => ({ ...each, speedUp: round(speedUp(each)) });

const cellDifferences = ({ number, cell, differences }: CellDifferences) => ({
  number,
  id: cell.id,
  differences: differences.map(difference),
});

function difference(each: Difference) {
  if (each.kind === "time") return { ...each, message: timeText(each) };
  if (each.kind === "unsaved") return each;
  const text = (sign: "-" | "+") => each.lines.filter((line) => line.sign === sign).map((line) => line.text);
  return { kind: each.kind, what: each.what, expected: text("-"), got: text("+") };
}

const round = (seconds: number): number => Math.round(seconds * 1000) / 1000;
