import type { Handle, Loop, Wait } from "../core/roles.ts";
import type { Task } from "../tasks/task.ts";
import { listen } from "./listen.ts";

/** A stretch of time in which code of the user held the loop: from when it went on until it waited again. */
export interface Run {
  readonly loop: Loop;
  /** Whose code it was; null for a callback. */
  task: Task | null;
  /** The loop's handle that set it going; null if that was a promise of the outside. */
  readonly handle: Handle | null;
  /** Seconds on the loop's clock. */
  readonly start: number;
  end: number;
  /** The wait from which it went on. */
  readonly from: Wait | null;
  /** The latest wait that it began. */
  to: Wait | null;
  /** The blocking sleeps in it. */
  readonly sleeps: { start: number; end: number }[];
}

const settled = Promise.resolve();

/**
 * Tells who holds the thread. A run begins when the loop runs a handle, or a promise resumes a task; it ends with the
 * next one, or when all microtasks have ended. A task that goes on from a promise of the outside without a checkpoint
 * is seen only at its next wait.
 */
export class RunWatch {
  readonly #onRun: (run: Run) => void;
  readonly stop: () => void;
  #current: Run | null = null;
  /** Tasks in the middle of whose code an eager task began: they go on when that waits. */
  #outer: (Task | null)[] = [];
  #checking = false;

  constructor(onRun: (run: Run) => void) {
    this.#onRun = onRun;
    this.stop = listen({
      turn: ({ loop, handle }) => {
        this.#outer = [];
        this.#begin(loop, null, handle, null);
      },
      started: ({ task }) => this.#started(task),
      resumed: ({ task, on }) => this.#belongs(task, on),
      returned: () => this.#returned(),
      suspended: ({ task, on }) => this.#suspended(task, on),
      done: ({ task }) => this.#done(task),
      blocked: ({ start, end }) => this.#current?.sleeps.push({ start, end }),
    });
  }

  #begin(loop: Loop, task: Task | null, handle: Handle | null, from: Wait | null): void {
    this.#end();
    this.#current = { loop, task, handle, start: loop.time(), end: 0, from, to: null, sleeps: [] };
    if (this.#checking) return;
    this.#checking = true;
    settled.then(() => process.nextTick(this.#allRan));
  }

  #end(): void {
    const run = this.#current;
    if (run === null) return;
    this.#current = null;
    run.end = run.loop.time();
    this.#onRun(run);
  }

  /** All microtasks have ended: nobody's code runs. */
  #allRan = (): void => {
    this.#checking = false;
    this.#outer = [];
    this.#end();
  };

  #belongs(task: Task, from: Wait | null): void {
    const handle = this.#current?.task === null ? this.#current.handle : null;
    this.#begin(task.loop, task, handle, from);
  }

  #started(task: Task): void {
    this.#outer.push(this.#current?.task ?? null);
    this.#belongs(task, null);
  }

  #suspended(task: Task, on: Wait): void {
    if (this.#current?.task !== task) this.#begin(task.loop, task, null, null);
    if (this.#current !== null) this.#current.to = on;
  }

  #done(task: Task): void {
    if (this.#current?.task === task) this.#end();
  }

  /** Who started an eager task goes on; null if that was not a task, or one that was not seen to run. */
  #returned(): void {
    const outer = this.#outer.pop() ?? null;
    this.#end();
    if (outer !== null) this.#begin(outer.loop, outer, null, null);
  }
}
