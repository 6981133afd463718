// The table at the end of a run of several notebooks.

import { failed, type NotebookResult, passed, speedUp } from "./result.ts";

/** There is nothing to tell. */
const NONE = "–";
const HEAD = ["notebook", "cells", "result", "time", "stated", "speed-up"];

/** A line for each notebook, and one for all of them. A column that would be empty is not there. */
export function summaryTable(results: readonly NotebookResult[], seconds: number): string {
  const good = results.filter(passed).length;
  const total = [
    "all",
    cellCount({ ran: sum(results, "ran"), cells: sum(results, "cells") }),
    good === results.length ? "ok" : `${results.length - good} of ${results.length} failed`,
    `${seconds.toFixed(1)} s`,
    statedText(sum(results, "stated")),
    "",
  ];
  const body = [...results.map(row), ...(results.length > 1 ? [total] : [])];
  const rows = withoutColumns([HEAD, ...body], (column) =>
    body.every((cells) => ["", NONE].includes(cells[column] ?? "")),
  );
  const widths = HEAD.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  const lines = rows.map((cells) =>
    cells
      .map((text, column) => (isNumber(column) ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
  const rule = rows[0]?.map((_, column) => "─".repeat(widths[column] ?? 0)).join("──");
  return [lines[0], rule, ...lines.slice(1)].join("\n");
}

const withoutColumns = (rows: readonly string[][], empty: (column: number) => boolean): string[][] =>
  rows.map((cells) => cells.filter((_, column) => !empty(column)));

const isNumber = (column: number): boolean => column !== 0 && column !== 2;

function row(result: NotebookResult): string[] {
  const { file, seconds, stated, gains } = result;
  const best = Math.max(...gains.map(speedUp));
  return [
    file,
    cellCount(result),
    outcome(result),
    `${seconds.toFixed(1)} s`,
    statedText(stated),
    gains.length > 0 && Number.isFinite(best) ? `${best.toFixed(1)}×` : NONE,
  ];
}

function outcome(result: NotebookResult): string {
  const { problem, failure, differences } = result;
  if (problem !== undefined) return "not run";
  if (failure) return `cell ${failure.number} failed`;
  const count = failed(result).length;
  const failures = count > 0 ? `, ${count} failed` : "";
  if (!differences) return `ran${failures}`;
  if (differences.length === 0) return `ok${failures}`;
  return `${differences.length === 1 ? "1 cell differs" : `${differences.length} cells differ`}${failures}`;
}

const cellCount = ({ ran, cells }: { ran: number; cells: number }): string =>
  ran === cells ? String(cells) : `${ran}/${cells}`;

const statedText = (stated: number): string => (stated > 0 ? `${Number(stated.toFixed(1))} s` : NONE);

const sum = (results: readonly NotebookResult[], field: "ran" | "cells" | "stated"): number =>
  results.reduce((total, result) => total + result[field], 0);
