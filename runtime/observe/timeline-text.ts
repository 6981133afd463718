import { shorten } from "./markup.ts";
import { taskLabel } from "./task-label.ts";
import { type Mark, markOf, type TaskTimeline, type TimelineData, words } from "./timeline-data.ts";

const ROWS = 100;
const NAME = 24;
const marks: Record<Mark, string> = { run: "█", block: "▓", wait: "░", tasks: "·" };
/** What counts where two take the same share of a character: what holds the loop is worth seeing. */
const weight: Record<Mark, number> = { block: 4, run: 3, wait: 2, tasks: 1 };

/** The share that each kind has of the time of one character, the largest of which it shows. */
function bar({ intervals }: TaskTimeline, duration: number, width: number): string {
  const shares = Array.from({ length: width }, () => new Map<Mark, number>());
  const step = duration / width;
  for (const interval of intervals) {
    const mark = markOf(interval);
    const last = Math.min(width - 1, Math.ceil(interval.end / step - 1e-6) - 1);
    for (let cell = Math.max(0, Math.floor(interval.start / step + 1e-6)); cell <= last; cell++) {
      const share = Math.min(interval.end, (cell + 1) * step) - Math.max(interval.start, cell * step);
      shares[cell]?.set(mark, (shares[cell]?.get(mark) ?? 0) + share);
    }
  }
  return shares
    .map((cell) => {
      let best: Mark | null = null;
      for (const [mark, share] of cell) {
        const before = best === null ? 0 : (cell.get(best) ?? 0);
        const tie = best !== null && Math.abs(share - before) < step * 1e-6;
        if (best === null || (tie ? weight[mark] > weight[best] : share > before)) best = mark;
      }
      return best === null ? " " : marks[best];
    })
    .join("");
}

/** A chart of characters: a line for each task, its time from left to right. */
export function timelineText(timeline: TimelineData, width: number): string {
  const { tasks, duration } = timeline;
  const shown = tasks.slice(0, ROWS);
  const names = shown.map((task) => shorten(taskLabel(task).replace(/\s+/g, " "), NAME));
  const column = Math.max(4, ...names.map((name) => [...name].length));
  const pad = (name: string) => name + " ".repeat(column - [...name].length);
  const total = `${duration.toFixed(2)}s`;
  const lines = [`${pad("")}  0s${total.padStart(width - 2)}`];
  for (const [i, task] of shown.entries()) {
    const time = `${((task.end ?? duration) - task.start).toFixed(2)}s`;
    const outcome = task.outcome === "finished" ? "" : ` ${task.outcome}`;
    lines.push(
      `${pad(names[i] ?? "")}  ${duration > 0 ? bar(task, duration, width) : " ".repeat(width)}  ${time}${outcome}`,
    );
  }
  if (tasks.length > ROWS) lines.push(`… and ${tasks.length - ROWS} more tasks`);
  const drawn = lines.slice(1).join("");
  const legend = (Object.keys(marks) as Mark[])
    .filter((mark) => drawn.includes(marks[mark]))
    .map((mark) => `${marks[mark]} ${words[mark]}`);
  if (legend.length > 0) lines.push(legend.join("   "));
  lines.push(timeline.summary);
  return lines.join("\n");
}
