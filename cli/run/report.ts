// `--report FILE`: what came of a run, as JSON for other programs.

import { stripVTControlCharacters } from "node:util";
import type { CellDifferences, Difference } from "./check/compare.ts";
import { timeText } from "./check/describe.ts";
import type { ClockName } from "./check/stated-time.ts";
import type { CellFailure } from "./failures.ts";
import { failed, type Gain, type NotebookResult, passed, speedUp } from "./result.ts";

/** All times are in seconds. */
export function reportJson(results: readonly NotebookResult[], clock: ClockName, seconds: number): string {
  const report = { passed: results.every(passed), clock, seconds: round(seconds), notebooks: results.map(notebook) };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function notebook(result: NotebookResult) {
  const { file, problem, cells, ran, seconds, stated, gains, failure, failures, differences, leftover, written } =
    result;
  return {
    file,
    passed: passed(result),
    cells,
    ran,
    failed: failed(result).length,
    tries: result.tries,
    seconds: round(seconds),
    stated: round(stated),
    speedUps: gains.map(gain),
    problem,
    failure: failure && { number: failure.number, id: failure.cell.id, text: stripVTControlCharacters(failure.text) },
    failures: failures.map(cellFailure),
    leftover: leftover && { waited: leftover.waited && round(leftover.waited), pending: leftover.pending },
    differences: differences?.map(cellDifferences),
    written,
  };
}

const cellFailure = ({ number, cell, summary, text, allowed }: CellFailure) => ({
  number,
  id: cell.id,
  summary,
  text: stripVTControlCharacters(text),
  allowed,
});

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
