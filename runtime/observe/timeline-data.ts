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

/** @internal */
export const nanoseconds = (seconds: number): number => Math.round(seconds * 1e9) / 1e9;

/** @internal The length of some of the intervals, in seconds. */
export function total(intervals: readonly Interval[], wanted: (interval: Interval) => boolean): number {
  let sum = 0;
  for (const interval of intervals) if (wanted(interval)) sum += interval.end - interval.start;
  return nanoseconds(sum);
}

/** What is drawn of a timeline. */
export interface TimelineData {
  readonly tasks: readonly TaskTimeline[];
  /** How long it took, in seconds. */
  readonly duration: number;
  /** The result in a sentence. */
  readonly summary: string;
}

/** @internal What charts tell apart; a wait for time or the outside (`wait`) is another than one for tasks. */
export type Mark = "run" | "block" | "wait" | "tasks";

/** @internal */
export function markOf({ kind, outside }: Interval): Mark {
  return kind === "running" ? "run" : kind === "blocked" ? "block" : outside ? "wait" : "tasks";
}

/** @internal What a legend calls each mark. */
export const words: Record<Mark, string> = {
  run: "running",
  block: "blocks the loop",
  wait: "waits",
  tasks: "waits for tasks",
};
