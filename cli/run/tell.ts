// What the user reads of a notebook that has run: what is wrong on stderr, one line on stdout.

import { colouredFor } from "../colours.ts";
import { describeCell, paintFor } from "./check/describe.ts";
import { leftoverText } from "./leftover.ts";
import { failed, type NotebookResult } from "./result.ts";

/** `verbose`: its outputs have been printed already. */
export function tell(result: NotebookResult, verbose: boolean): void {
  const { file, problem, cells, ran, seconds, failure, differences, leftover, written } = result;
  if (problem !== undefined) {
    console.error(`${file}: ${problem}`);
    return;
  }
  const paint = paintFor(process.stderr);
  for (const cell of differences ?? []) console.error(describeCell(cell, file, paint));
  const failures = failed(result);
  for (const { number, summary } of failures)
    if (number !== failure?.number) console.error(`${file}: cell ${number} failed: ${summary}`);
  if (leftover) console.error(`${file}: ${leftoverText(leftover)}`);
  const target = written === undefined ? "" : `, written to ${written}`;
  if (failure) {
    if (!(verbose && failure.published)) console.error(colouredFor(process.stderr, failure.text));
    console.log(`${file}: cell ${failure.number} of ${cells} failed after ${seconds.toFixed(1)} s${target}`);
    return;
  }
  const count = `${ran} ${ran === 1 ? "cell" : "cells"} ran${failures.length > 0 ? `, ${failures.length} failed,` : ""}`;
  console.log(`${file}: ${count} in ${seconds.toFixed(1)} s${checked(result)}${target}`);
}

function checked({ differences, tries }: NotebookResult): string {
  const times = tries > 1 ? `, in run ${tries}` : "";
  if (!differences) return "";
  if (differences.length === 0) return `, all as saved${times}`;
  return `, ${differences.length} of them not as saved${times}`;
}

/** The times of a notebook were missed while others ran: that is no fault of it, but it is said. */
export function tellMissed(result: NotebookResult, what: string): void {
  const paint = paintFor(process.stderr);
  for (const cell of result.differences ?? []) console.error(describeCell(cell, result.file, paint));
  console.error(`${result.file}: other notebooks ran at the same time: ${what}`);
}
