// The table at the end of a run of several notebooks.

import { type NotebookResult, passed, speedUp } from "./result.ts";

const HEAD = ["notebook", "cells", "result", "time", "stated", "speed-up"];

/** A line for each notebook, and one for all of them. */
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
  const rows = [HEAD, ...results.map(row), ...(results.length > 1 ? [total] : [])];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  const lines = rows.map((cells) =>
    cells
      .map((text, column) => (isNumber(column) ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
  const rule = widths.map((width) => "─".repeat(width)).join("──");
  return [lines[0], rule, ...lines.slice(1)].join("\n");
}

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
    gains.length > 0 && Number.isFinite(best) ? `${best.toFixed(1)}×` : "–",
  ];
}

function outcome({ problem, failure, differences }: NotebookResult): string {
  if (problem !== undefined) return "not run";
  if (failure) return `cell ${failure.number} failed`;
  if (!differences) return "ran";
  if (differences.length === 0) return "ok";
  return differences.length === 1 ? "1 cell differs" : `${differences.length} cells differ`;
}

const cellCount = ({ ran, cells }: { ran: number; cells: number }): string =>
  ran === cells ? String(cells) : `${ran}/${cells}`;

const statedText = (stated: number): string => (stated > 0 ? `${Number(stated.toFixed(1))} s` : "–");

const sum = (results: readonly NotebookResult[], field: "ran" | "cells" | "stated"): number =>
  results.reduce((total, result) => total + result[field], 0);
