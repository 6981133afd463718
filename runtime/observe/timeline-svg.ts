import { escapeMarkup, shorten } from "./markup.ts";
import { taskLabel } from "./task-label.ts";
import { type Mark, markOf, type TaskTimeline, type TimelineData, words } from "./timeline-data.ts";

const ROWS = 100;
const ROW = 24;
const TOP = 30;
const TIMES = 64;
/** Longer names are cut short; the longest that is left says how wide their column is. */
const CHARACTERS = 20;
const CHARACTER_WIDTH = 7;
const MARGIN = 8;

/** Each mark differs in colour and in height, and stands out from the background by 3:1; text by 7:1. */
const light = { back: "#fff", text: "#1f2328", run: "#1a7f37", wait: "#6478d3", tasks: "#7d8590", block: "#cf222e" };
const dark = { back: "#0d1117", text: "#e6edf3", run: "#3fb950", wait: "#8c9eff", tasks: "#7d8590", block: "#ff7b72" };

const heights: Record<Mark, number> = { run: 16, block: 16, wait: 10, tasks: 2 };
const rules = (id: string, colors: typeof light): string =>
  [
    `#${id} .back{fill:${colors.back}}#${id} text{fill:${colors.text}}#${id} .grid{stroke:${colors.text};opacity:.15}`,
    ...(["run", "wait", "tasks", "block"] as const).map((mark) => `#${id} .${mark}{fill:${colors[mark]}}`),
  ].join("");

const style = (id: string): string =>
  `<style>#${id} text{font:12px system-ui,sans-serif}${rules(id, light)}` +
  `@media (prefers-color-scheme:dark){${rules(id, dark)}}</style>`;

const round = (value: number): number => Math.round(value * 100) / 100;
const seconds = (value: number, digits = 2): string => `${value.toFixed(digits)}s`;

function rect(mark: Mark, x: number, middle: number, width: number): string {
  const height = heights[mark];
  return `<rect class="${mark}" x="${round(x)}" y="${round(middle - height / 2)}" width="${round(width)}" height="${height}"/>`;
}

/** The bars of a task. What is narrower than half a pixel is drawn only where nothing was drawn yet. */
function bars({ intervals }: TaskTimeline, middle: number, scale: (time: number) => number): string {
  const drawn: { mark: Mark; from: number; to: number }[] = [];
  for (const interval of intervals) {
    const mark = markOf(interval);
    const [from, to] = [scale(interval.start), scale(interval.end)];
    const last = drawn.at(-1);
    if (last !== undefined && (to - from < 0.5 || (last.mark === mark && mark !== "wait")))
      last.to = Math.max(last.to, to);
    else drawn.push({ mark, from, to });
  }
  // A gap of a pixel tells one wait from the next.
  return drawn
    .map(({ mark, from, to }) =>
      rect(mark, from, middle, Math.max(0.5, to - from - (mark === "wait" && to - from > 4 ? 1 : 0))),
    )
    .join("");
}

function describe(task: TaskTimeline, duration: number): string {
  const outcome = task.outcome === "pending" ? "still pending" : task.outcome;
  const life = seconds((task.end ?? duration) - task.start);
  const blocked = task.blocked > 0 ? `, ${seconds(task.blocked)} blocking the loop` : "";
  const maker = task.parent === null ? "" : `, made by ${taskLabel(task.parent)}`;
  return `${taskLabel(task)}: ${outcome} after ${life}; ${seconds(task.running)} running, ${seconds(task.waiting)} waiting${blocked}${maker}`;
}

interface Columns {
  labels: number;
  width: number;
  /** The place of a time. */
  scale: (time: number) => number;
}

const labelOf = (task: TaskTimeline): string => shorten(taskLabel(task), CHARACTERS);

function columns(tasks: readonly TaskTimeline[], width: number, duration: number): Columns {
  const labels = 2 * MARGIN + CHARACTER_WIDTH * Math.max(...tasks.map((task) => labelOf(task).length), 1);
  const span = Math.max(50, width - labels - TIMES);
  return { labels, width, scale: (time) => labels + (duration > 0 ? (time / duration) * span : 0) };
}

function row(task: TaskTimeline, index: number, duration: number, { labels, width, scale }: Columns): string {
  const middle = TOP + index * ROW + ROW / 2;
  const life = seconds((task.end ?? duration) - task.start);
  return (
    `<g><title>${escapeMarkup(describe(task, duration))}</title>` +
    `<text x="${labels - MARGIN}" y="${middle + 4}" text-anchor="end">${escapeMarkup(labelOf(task))}</text>` +
    bars(task, middle, scale) +
    `<text x="${width - MARGIN}" y="${middle + 4}" text-anchor="end">${life}</text></g>`
  );
}

/** Lines at round times: 1, 2 or 5 of some power of ten, four to eight of them. */
function grid(duration: number, bottom: number, scale: (time: number) => number): string {
  if (duration <= 0) return "";
  const power = 10 ** Math.floor(Math.log10(duration / 4));
  const step = [5, 2, 1].map((n) => n * power).find((n) => duration / n >= 4) ?? power;
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const lines: string[] = [];
  for (let i = 0; i * step <= duration * (1 + 1e-9); i++) {
    const x = round(scale(i * step));
    lines.push(`<line class="grid" x1="${x}" y1="${TOP - 6}" x2="${x}" y2="${bottom}"/>`);
    lines.push(`<text x="${x}" y="${TOP - 12}" text-anchor="middle">${seconds(i * step, digits)}</text>`);
  }
  return lines.join("");
}

function legend(marks: readonly Mark[], left: number, y: number): string {
  let x = left;
  return marks
    .map((mark) => {
      const at = x;
      x += 34 + words[mark].length * 7;
      return `${rect(mark, at, y - 4, 14)}<text x="${at + 20}" y="${y}">${words[mark]}</text>`;
    })
    .join("");
}

/** FNV-1a of 32 bits, in hexadecimal: node:crypto would be dear to load for so little. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}

/**
 * What tells a picture from others on its page, so that their styles do not meet: all of it but the times. It is the same each
 * time that the same program runs.
 */
function nameOf({ tasks, summary }: TimelineData, width: number): string {
  const rows = tasks.slice(0, ROWS).map((task) => `${labelOf(task)} ${task.outcome}`);
  return [width, summary.replace(/[\d.]+/g, ""), ...rows].join("\n");
}

/** The timeline as a picture: a row for each task, its time from left to right. */
export function timelineSvg(timeline: TimelineData, width: number): string {
  const { tasks, duration, summary } = timeline;
  const shown = tasks.slice(0, ROWS);
  const place = columns(shown, width, duration);
  const bottom = TOP + shown.length * ROW;
  const rows = shown.map((task, index) => row(task, index, duration, place)).join("");
  const used = (["run", "block", "wait", "tasks"] as const).filter((mark) => rows.includes(`class="${mark}"`));
  const more = tasks.length > ROWS ? `; ${tasks.length - ROWS} more tasks are not drawn` : "";
  const height = bottom + 52;
  const content =
    `<title>Timeline of ${tasks.length} ${tasks.length === 1 ? "task" : "tasks"}</title>` +
    `<desc>${escapeMarkup(`${summary}. ${shown.map((task) => describe(task, duration)).join(". ")}${more}.`)}</desc>` +
    `<rect class="back" width="${width}" height="${height}"/>` +
    grid(duration, bottom, place.scale) +
    rows +
    legend(used, place.labels, bottom + 20) +
    `<text x="${place.labels}" y="${bottom + 40}">${escapeMarkup(summary + more)}</text>`;
  const id = `loopbook-${fingerprint(nameOf(timeline, width))}`;
  const labelled = content.replace("<title>", `<title id="${id}-title">`).replace("<desc>", `<desc id="${id}-desc">`);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" id="${id}" role="img" aria-labelledby="${id}-title ${id}-desc" ` +
    `viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${style(id)}${labelled}</svg>`
  );
}
