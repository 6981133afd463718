// How far something is, as a line of text and as a bar of a page.

import { escapeMarkup } from "../../runtime/host.ts";

export interface ProgressState {
  label: string;
  total: number | undefined;
  done: number;
  /** Since it began. */
  seconds: number;
  ended: boolean;
}

/** In characters. */
const WIDTH = 24;
const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/** `pages  40% ██████▍          4/10 [0:04 < 0:06, 1.00/s]` */
export function progressLine(state: ProgressState): string {
  const { label, total } = state;
  const head = label === "" ? "" : `${label} `;
  if (total === undefined) return `${head}${figures(state)}`;
  const share = shareOf(state);
  const eighths = Math.floor(share * WIDTH * 8);
  const bar = "█".repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? "");
  return `${head}${percent(share)} |${bar.padEnd(WIDTH)}| ${figures(state)}`;
}

/** The same as a bar that the browser draws in its own colours. */
export function progressHtml(state: ProgressState): string {
  const { label, total } = state;
  const share = shareOf(state);
  const bar =
    total === undefined
      ? ""
      : `<progress max="1" value="${share.toFixed(4)}" style="flex:1;min-width:6em;max-width:24em">${percent(share)}</progress>`;
  const text = `${total === undefined ? "" : `${percent(share)} · `}${figures(state)}`;
  return (
    '<div style="display:flex;gap:0.75em;align-items:center">' +
    `${label === "" ? "" : `<span>${escapeMarkup(label)}</span>`}${bar}<span style="font-variant-numeric:tabular-nums">${escapeMarkup(text)}</span></div>`
  );
}

function figures({ total, done, seconds, ended }: ProgressState): string {
  const count = total === undefined ? `${done}` : `${done}/${total}`;
  const rate = seconds > 0 ? done / seconds : 0;
  const left = total !== undefined && rate > 0 && !ended ? ` < ${clock((total - done) / rate)}` : "";
  return `${count} [${clock(seconds)}${left}${rate > 0 ? `, ${rateText(rate)}` : ""}]`;
}

const shareOf = ({ done, total = 0 }: ProgressState): number =>
  total > 0 ? Math.min(1, Math.max(0, done / total)) : 1;

const percent = (share: number): string => `${Math.floor(share * 100)}%`.padStart(4);

/** Items a second, or seconds an item where that is more than one. */
function rateText(rate: number): string {
  return rate >= 1 ? `${short(rate)}/s` : `${short(1 / rate)} s each`;
}

const short = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString("en-US") : value.toPrecision(3);

/** `1:05`, `2:00:00` */
function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const pad = (value: number): string => String(value).padStart(2, "0");
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(rest)}` : `${minutes}:${pad(rest)}`;
}
