// What differs from run to run and is not meant: measured time, where things lie in memory, where files lie on a disk.

import { stripVTControlCharacters } from "node:util";

/** `label: 3.00s`, as `timed` prints it. The label is any text; "timed out after 3 seconds" is no measured figure. */
const MEASURED = /^(.*\S: +)(\d+\.\d\d)s$/;

/** The key to a timeline lists what its run happened to have: a stretch of running may be too short to be drawn. */
const KEY = new Set(["running", "blocks the loop", "waits", "waits for tasks"]);

/** The characters of the bars of a timeline. */
const BARS = /[░▒▓█·]/;

/** The line with a mark for each figure that may be any: two lines are the same if these are. */
export function withoutFigures(line: string): string {
  return stripVTControlCharacters(line)
    .replace(MEASURED, "$1…s")
    .replace(/0x(?:[0-9a-f]{4,}|…)/gi, "0x…")
    .trimEnd();
}

/** The last figure of time that the text prints, in seconds. */
export function lastMeasured(text: string): { label: string; seconds: number } | undefined {
  const last = text.trimEnd().split("\n").at(-1) ?? "";
  const [, label, seconds] = MEASURED.exec(stripVTControlCharacters(last)) ?? [];
  return label === undefined ? undefined : { label: label.trimEnd().replace(/:$/, ""), seconds: Number(seconds) };
}

/** Whether the text is a chart drawn from a run: all its lengths are measured. */
export const isChart = (text: string): boolean => text.split("\n").some((line) => BARS.test(line));

/** What a chart says beside its figures: its rows' names and the words below. Lengths of bars and the key to them go. */
export function wordsOfChart(text: string): string[] {
  const lines = text.split("\n").filter((line) => !new RegExp(`^\\s*${BARS.source}+ \\p{L}`, "u").test(line));
  return lines.flatMap((line) => {
    const words = withoutFigures(line)
      .replace(/[░▒▓█·]+/g, " ")
      .replace(/\d+(?:\.\d+)?s\b|\d+\.\d+/g, " … ");
    const said = words.replace(/\s+/g, " ").trim();
    return /\p{L}/u.test(said) ? [said] : [];
  });
}

/** The words that a drawing or a page shows or tells, without its measured lengths and figures. */
export function wordsOfMarkup(markup: string): string[] {
  const visible = markup.replace(/<(style|script|desc)\b[\s\S]*?<\/\1>/gi, "\n").replace(/<[^>]*>/g, "\n");
  const words = visible.split("\n").map((line) => line.replace(/\s+/g, " ").trim());
  return words.filter((line) => /\p{L}/u.test(line) && !KEY.has(line) && !/\d+(?:\.\d+)?\s?s\b|\d\.\d/.test(line));
}
