import { inspect } from "node:util";
import { chromeTrace } from "./timeline-chrome.ts";
import { nanoseconds, type TaskTimeline, type TimelineData } from "./timeline-data.ts";
import { timelineSvg } from "./timeline-svg.ts";
import { timelineText } from "./timeline-text.ts";

/**
 * What the tasks of a trace did and when. Prints as a chart of characters; a cell shows it as a picture.
 *
 * @example
 * const { timeline } = await trace(main);
 * console.log(`${timeline}`, timeline.speedup);
 * await writeFile("trace.json", timeline.toChromeTrace()); // for https://ui.perfetto.dev
 */
export class Timeline implements TimelineData {
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
