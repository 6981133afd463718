import { inspect } from "node:util";
import { chromeTrace } from "./timeline-chrome.ts";
import { timelineSvg } from "./timeline-svg.ts";
import { timelineText } from "./timeline-text.ts";

/** A stretch of a task's life; times in seconds since the trace began. */
export interface Interval {
  /**
   * `running`: its code held the loop. `blocked`: it did so in a `blockingSleep`, or for longer than the loop's
   * `slowCallbackDuration` while another task could have gone on. `waiting`: neither.
   */
  readonly kind: "running" | "waiting" | "blocked";
  readonly start: number;
  readonly end: number;
  /** What it waited for: `sleep`, `promise`, `Lock.acquire`, a task's name, `3 tasks`, `its first turn`. */
  readonly on: string | null;
  /** It waited for time or the outside, not for other tasks. */
  readonly outside: boolean;
}

export type Outcome = "finished" | "failed" | "cancelled" | "pending";

/** What one task did; times in seconds since the trace began. */
export interface TaskTimeline {
  readonly name: string;
  /** The name of the coroutine that it ran. */
  readonly coroutine: string;
  /** The task that made it; null for the one that was traced. */
  readonly parent: TaskTimeline | null;
  /** Who waited for it. */
  readonly awaitedBy: readonly TaskTimeline[];
  readonly start: number;
  /** Null if it was not done at the end of the trace. */
  readonly end: number | null;
  readonly outcome: Outcome;
  readonly intervals: readonly Interval[];
  /** Sums of its intervals, in seconds. */
  readonly running: number;
  readonly waiting: number;
  readonly blocked: number;
  /** What it would have taken alone: all but its waits for other tasks. */
  readonly own: number;
}

const nanoseconds = (seconds: number): number => Math.round(seconds * 1e9) / 1e9;

/** The length of some of the intervals, in seconds. */
export function total(intervals: readonly Interval[], wanted: (interval: Interval) => boolean): number {
  let sum = 0;
  for (const interval of intervals) if (wanted(interval)) sum += interval.end - interval.start;
  return nanoseconds(sum);
}

/**
 * What the tasks of a trace did and when. Prints as a chart of characters; a cell shows it as a picture.
 *
 * @example
 * const { timeline } = await trace(main);
 * console.log(`${timeline}`, timeline.speedup);
 * await writeFile("trace.json", timeline.toChromeTrace()); // for https://ui.perfetto.dev
 */
export class Timeline {
  /** In the order in which they were made; the first is the one that was traced. */
  readonly tasks: readonly TaskTimeline[];
  /** How long it took, in seconds. */
  readonly duration: number;
  /** Sums over all tasks, in seconds. */
  readonly running: number;
  readonly waiting: number;
  readonly blocked: number;
  /** How long it would have taken, had the tasks run one after another: the sum of their `own` times, in seconds. */
  readonly sequential: number;

  constructor(tasks: readonly TaskTimeline[], duration: number) {
    this.tasks = tasks;
    this.duration = duration;
    const sum = (of: (task: TaskTimeline) => number) => nanoseconds(tasks.reduce((all, task) => all + of(task), 0));
    this.running = sum((task) => task.running);
    this.waiting = sum((task) => task.waiting);
    this.blocked = sum((task) => task.blocked);
    this.sequential = sum((task) => task.own);
  }

  /** How many times as fast as one task after another: `sequential / duration`; 1 if it took no time. */
  get speedup(): number {
    return this.duration > 0 ? this.sequential / this.duration : 1;
  }

  /** The result in a sentence. */
  get summary(): string {
    const wall = `${this.duration.toFixed(2)}s`;
    if (this.sequential <= this.duration * 1.005) return `${wall}; nothing ran concurrently`;
    return `${wall} instead of ${this.sequential.toFixed(2)}s one after another: ${this.speedup.toFixed(1)} times as fast`;
  }

  /** A chart of characters, `width` of them for the time. */
  toString(width = 40): string {
    return timelineText(this, width);
  }

  /** A picture, `width` pixels wide: a document of its own, readable on light and dark screens and by screen readers. */
  toSVG(width = 760): string {
    return timelineSvg(this, width);
  }

  /** JSON in the Trace Event Format, for https://ui.perfetto.dev and chrome://tracing. */
  toChromeTrace(): string {
    return chromeTrace(this);
  }

  [inspect.custom](): string {
    return this.toString();
  }

  [Symbol.for("Jupyter.display")](): Record<string, string> {
    return { "text/plain": this.toString(), "image/svg+xml": this.toSVG() };
  }
}
