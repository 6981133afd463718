// The pictures of the lessons that no timeline of the runtime draws, as SVG: on a ground of their own, so that they can be
// read on light and on dark pages, with a title and a description for those who listen.

import { escapeMarkup } from "./markup.ts";

/** A value that a cell shows as a picture, or, where there are none, as text. */
export type Picture = object;

/** Something that happened: `at` is in seconds, `place` is the row. */
export interface Happening {
  at: number;
  place: string;
  text: string;
}

/** A stretch of time, in seconds, in a row. */
export interface Stretch {
  start: number;
  end: number;
  row: string;
  text?: string;
}

const WIDTH = 720;
const LEFT = 110;
const RIGHT = 30;
const ROW = 44;
const TOP = 50;

const STYLE = `
  .ground { fill: #ffffff; stroke: #d0d7de; }
  text { fill: #1f2328; font: 13px system-ui, sans-serif; }
  .title { font-weight: 600; }
  .small { font-size: 12px; }
  .line { stroke: #d0d7de; }
  .bar { fill: #0969da; }
  .wait { fill: #fff8c5; stroke: #9a6700; }
  .path { fill: none; stroke: #1a7f37; stroke-width: 2; }
  .dot { fill: #1a7f37; }
  .in-dot { fill: #ffffff; font-weight: 600; }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #0d1117; stroke: #3d444d; }
    text { fill: #f0f6fc; }
    .line { stroke: #3d444d; }
    .bar { fill: #4493f8; }
    .wait { fill: #272115; stroke: #d29922; }
    .path { stroke: #3fb950; }
    .dot { fill: #3fb950; }
    .in-dot { fill: #0d1117; }
  }`;

/**
 * Draws who did what and when: a row for each place, stretches as bars, and the way of the one who does it all as a line
 * from happening to happening.
 *
 * @example
 * route("The waiter", "He serves three tables …", ["Table 1", "Table 2"], happenings, [{ start: 0, end: 1, row: "Table 1" }]);
 */
export function route(
  title: string,
  description: string,
  rows: readonly string[],
  happenings: readonly Happening[],
  waits: readonly Stretch[] = [],
): Picture {
  const end = Math.max(...happenings.map(({ at }) => at), ...waits.map((wait) => wait.end));
  const x = (at: number) => scale(tenths(at), tenths(end) + 0.1);
  const y = (row: string) => middle(rows, row);
  const steps = happenings.map(({ at, place }) => `${x(at)},${y(place)}`).join(" ");
  const parts = [
    ...waits.map(
      ({ start, end, row, text = "" }) =>
        `<rect class="wait" x="${x(start)}" y="${y(row) - 13}" width="${round(x(end) - x(start))}" height="26" rx="4"/>` +
        `<text class="small" x="${round((x(start) + x(end)) / 2)}" y="${y(row) + 4}" text-anchor="middle">${escapeMarkup(text)}</text>`,
    ),
    `<polyline class="path" points="${steps}"/>`,
    ...happenings.map(
      ({ at, place, text }, index) =>
        `<circle class="dot" cx="${x(at)}" cy="${y(place)}" r="10"><title>${escapeMarkup(`${tenths(at)} s: ${text}`)}</title></circle>` +
        `<text class="in-dot small" x="${x(at)}" y="${y(place) + 4}" text-anchor="middle">${index + 1}</text>`,
    ),
    ...happenings.map(({ at, place, text }, index) => {
      const top = TOP + rows.length * ROW + 34 + index * 20;
      return `<text class="small" x="${LEFT}" y="${top}">${index + 1}. ${escapeMarkup(`${place}: ${text}`)} (${tenths(at).toFixed(1)} s)</text>`;
    }),
  ];
  const text = happenings.map(
    (each, index) => `${index + 1}. ${tenths(each.at).toFixed(1)} s  ${each.place}: ${each.text}`,
  );
  return picture(title, description, rows, parts, 34 + happenings.length * 20, [title, ...text].join("\n"));
}

/** Draws stretches as bars, a row for each of the names, on a scale from 0 to `end` seconds. */
export function bars(
  title: string,
  description: string,
  rows: readonly string[],
  stretches: readonly Stretch[],
  end: number,
): Picture {
  const parts = stretches.map(({ start, end: until, row }) => {
    const left = scale(start, end);
    const width = Math.max(1, round(scale(until, end) - left - 1));
    return `<rect class="bar" x="${left}" y="${middle(rows, row) - 12}" width="${width}" height="24" rx="3"/>`;
  });
  const label = `<text class="small" x="${WIDTH - RIGHT}" y="${TOP + rows.length * ROW + 18}" text-anchor="end">${end.toFixed(2)} s</text>`;
  return picture(title, description, rows, [...parts, label], 30, `${title}\n${description}`);
}

function picture(
  title: string,
  description: string,
  rows: readonly string[],
  parts: readonly string[],
  below: number,
  text: string,
): Picture {
  const height = TOP + rows.length * ROW + below;
  const grid = rows.map((row) => {
    const y = middle(rows, row);
    return (
      `<line class="line" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y}" y2="${y}"/>` +
      `<text x="${LEFT - 20}" y="${y + 4}" text-anchor="end">${escapeMarkup(row)}</text>`
    );
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeMarkup(title)}">
<title>${escapeMarkup(title)}</title>
<desc>${escapeMarkup(description)}</desc>
<style>${STYLE}
</style>
<rect class="ground" x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="6"/>
<text class="title" x="20" y="30">${escapeMarkup(title)}</text>
${[...grid, ...parts].join("\n")}
</svg>`;
  return { [Symbol.for("Jupyter.display")]: () => ({ "image/svg+xml": svg, "text/plain": text }) };
}

const round = (length: number): number => Math.round(length * 10) / 10;
/** To tenths of a second: what a machine adds to a time by chance does not move anything. */
const tenths = (seconds: number): number => Math.round(seconds * 10) / 10;
const scale = (at: number, end: number): number => round(LEFT + (at / end) * (WIDTH - LEFT - RIGHT));
const middle = (rows: readonly string[], row: string): number => TOP + (rows.indexOf(row) + 0.5) * ROW;
