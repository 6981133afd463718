import { taskLabel } from "./task-label.ts";
import type { TaskTimeline, TimelineData } from "./timeline-data.ts";

/** Seconds as the format's microseconds. */
const micros = (seconds: number): number => Math.round(seconds * 1e9) / 1e3;

function threadOf(task: TaskTimeline, tid: number): object[] {
  const at = { pid: 1, tid };
  return [
    { ph: "M", name: "thread_name", ...at, args: { name: taskLabel(task) } },
    { ph: "M", name: "thread_sort_index", ...at, args: { sort_index: tid } },
    ...task.intervals.map(({ kind, start, end, on }) => ({
      ph: "X",
      name: on === null ? kind : `${kind}: ${on}`,
      cat: kind,
      ...at,
      ts: micros(start),
      dur: micros(end - start),
      args: {
        coroutine: task.coroutine,
        parent: task.parent?.name ?? null,
        awaitedBy: task.awaitedBy.map(({ name }) => name),
      },
    })),
  ];
}

/** The timeline in Chrome's Trace Event Format: each task a thread, each interval a complete event. */
export function chromeTrace(timeline: TimelineData): string {
  const process = { ph: "M", name: "process_name", pid: 1, tid: 0, args: { name: "tasks" } };
  const threads = timeline.tasks.flatMap((task, index) => threadOf(task, index + 1));
  return JSON.stringify({ displayTimeUnit: "ms", traceEvents: [process, ...threads] });
}
