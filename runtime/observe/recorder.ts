import { FINISHED } from "../core/operation.ts";
import type { Owner, Wait } from "../core/roles.ts";
import { listen } from "../debug/listen.ts";
import { type Run, RunWatch } from "../debug/runs.ts";
import { describeWait, isOutside, isReady, tasksOf } from "../debug/waits.ts";
import { currentTask } from "../tasks/create-task.ts";
import { Task } from "../tasks/task.ts";
import { Timeline } from "./timeline.ts";
import { type Interval, type Outcome, type TaskTimeline, total } from "./timeline-data.ts";

/** Why a task has not run since its last interval ended. */
interface Reason {
  on: string;
  outside: boolean;
}

const FIRST_TURN: Reason = { on: "its first turn", outside: false };

class TaskRecord implements TaskTimeline {
  readonly coroutine: string;
  readonly parent: TaskRecord | null;
  readonly awaitedBy: TaskRecord[] = [];
  readonly intervals: Interval[] = [];
  readonly start: number;
  end: number | null = null;
  outcome: Outcome = "pending";
  #reason: Reason = FIRST_TURN;
  #at: number;
  #task: Task | null;
  #name = "";

  constructor(task: Task, parent: TaskRecord | null, start: number) {
    this.#task = task;
    this.coroutine = task.coroutineName;
    this.parent = parent;
    this.start = this.#at = start;
  }

  get name(): string {
    return this.#task?.name ?? this.#name;
  }

  get running(): number {
    return total(this.intervals, ({ kind }) => kind === "running");
  }

  get waiting(): number {
    return total(this.intervals, ({ kind }) => kind === "waiting");
  }

  get blocked(): number {
    return total(this.intervals, ({ kind }) => kind === "blocked");
  }

  get own(): number {
    return total(this.intervals, ({ kind, outside }) => kind !== "waiting" || outside);
  }

  /** Its code ran until `end`, and began to wait. */
  ran(start: number, end: number, blocked: boolean, sleeps: readonly { start: number; end: number }[]): void {
    this.waitedUntil(start);
    const kind = blocked ? "blocked" : "running";
    for (const sleep of sleeps) {
      this.#add(kind, sleep.start);
      this.#add("blocked", sleep.end);
    }
    this.#add(kind, end);
  }

  waitsFor(reason: Reason): void {
    this.#reason = reason;
  }

  waitedUntil(end: number): void {
    this.#add("waiting", end, this.#reason);
  }

  ended(at: number, outcome: Outcome): void {
    this.waitedUntil(at);
    this.end = at;
    this.outcome = outcome;
    this.forgetTask();
  }

  /** A timeline holds no tasks, nor their results. */
  forgetTask(): void {
    this.#name = this.name;
    this.#task = null;
  }

  #add(kind: Interval["kind"], end: number, reason?: Reason): void {
    if (end <= this.#at) return;
    this.intervals.push({ kind, start: this.#at, end, on: reason?.on ?? null, outside: reason?.outside ?? false });
    this.#at = end;
  }
}

/** Whether a task could have gone on while another held the loop; one that waits for the holder could not. */
function couldRun(task: Owner, holder: Task): boolean {
  if (!(task instanceof Task) || task === holder || !isReady(task)) return false;
  return task.currentWait === null || !tasksOf(task.currentWait).has(holder);
}

function outcomeOf(task: Task): Outcome {
  return !task.done() ? "pending" : task.cancelled() ? "cancelled" : task.failed ? "failed" : "finished";
}

/** Writes down what one task and all that come from it do. It is to be made before that task. */
export class TimelineRecorder {
  readonly #records = new Map<Task, TaskRecord>();
  readonly #runs: RunWatch;
  /** Ends the recording. */
  readonly stop: () => void;
  #root: Task | null = null;
  #rooting = false;
  #zero = 0;

  constructor() {
    // Before the run watch, so that a task is known when it runs, and its end is written after its last run.
    const stop = listen({ created: ({ task }) => this.#created(task) });
    this.#runs = new RunWatch((run) => this.#ran(run));
    const stopDone = listen({ suspended: (event) => this.#suspended(event), done: ({ task }) => this.#done(task) });
    this.stop = () => {
      stop();
      this.#runs.stop();
      stopDone();
    };
  }

  /** The next task, which `make` makes, is the one to be traced. */
  root<T>(make: () => T): T {
    this.#rooting = true;
    try {
      return make();
    } finally {
      this.#rooting = false;
    }
  }

  /** Ends the recording, and returns it. */
  finish(): Timeline {
    this.stop();
    const root = this.#root === null ? undefined : this.#records.get(this.#root);
    const end = root?.end ?? (this.#root === null ? 0 : this.#time(this.#root));
    const records = [...this.#records.values()];
    for (const record of records) {
      if (record.end === null) record.waitedUntil(end);
      record.forgetTask();
    }
    return new Timeline(records, end);
  }

  #time(task: Task): number {
    return this.#seconds(task.loop.time());
  }

  #seconds(time: number): number {
    return Math.round((time - this.#zero) * 1e9) / 1e9;
  }

  #created(task: Task): void {
    if (this.#rooting) {
      this.#rooting = false;
      this.#root = task;
      this.#zero = task.loop.time();
      this.#records.set(task, new TaskRecord(task, null, 0));
      return;
    }
    const creator = currentTask();
    const parent = creator === null ? undefined : this.#records.get(creator);
    if (parent !== undefined) this.#records.set(task, new TaskRecord(task, parent, this.#time(task)));
  }

  #suspended({ task, on }: { task: Task; on: Wait }): void {
    const waiter = this.#records.get(task);
    if (waiter === undefined) return;
    for (const awaited of tasksOf(on)) {
      const record = this.#records.get(awaited);
      if (record !== undefined && !record.awaitedBy.includes(waiter)) record.awaitedBy.push(waiter);
    }
  }

  #ran({ task, start, end, to, sleeps }: Run): void {
    const record = task === null ? undefined : this.#records.get(task);
    if (task === null || record === undefined) return;
    const slow = end - start > task.loop.slowCallbackDuration;
    const blocked = slow && sleeps.length === 0 && task.loop.tasks().some((other) => couldRun(other, task));
    const at = sleeps.map((sleep) => ({ start: this.#seconds(sleep.start), end: this.#seconds(sleep.end) }));
    record.ran(this.#seconds(start), this.#seconds(end), blocked, at);
    const wait = to !== null && to.status !== FINISHED ? to : task.currentWait;
    record.waitsFor(
      wait === null ? { on: "promise", outside: true } : { on: describeWait(wait), outside: isOutside(wait) },
    );
  }

  #done(task: Task): void {
    this.#records.get(task)?.ended(this.#time(task), outcomeOf(task));
  }
}
