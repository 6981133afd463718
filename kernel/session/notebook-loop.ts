// The event loop of the notebook: the runtime's own, always running, with each cell as a task of it.

import {
  type Clock,
  checkpoint,
  collectUnstarted,
  discarded,
  type EventLoop,
  setBlockingSleep,
  setInterruptCheck,
  startLoop,
  unreadFailures,
  unstartedCount,
  warmUp,
  watchCalls,
} from "../../runtime/host.ts";
import { type Cell, currentCell, runInCell } from "./cell.ts";
import type { CellTask } from "./execution.ts";
import { type Interrupts, keyboardInterrupt } from "./interrupt.ts";
import type { Output } from "./output.ts";

/**
 * Cells after which garbage is collected while the same coroutines stay unstarted: the promises of the cell that dropped
 * one may still hold it when that cell ends, and a variable may hold it for good.
 */
const COLLECTIONS = 2;

export interface NotebookLoopOptions {
  output: Output;
  signals: Int32Array<SharedArrayBuffer>;
  interrupts: Interrupts;
  /** Whether this is the cell that executes now. */
  isExecuting: (cell: Cell | undefined) => boolean;
  /** The clock of `sleep`, timeouts and the like. Default: real time. */
  clock: Clock | undefined;
  /** Shows an error that nobody was there to catch, in the cell that is current. */
  onError: (error: unknown) => void;
}

export class NotebookLoop {
  readonly checkpoint = checkpoint;
  readonly discarded = discarded;
  #watches = false;
  readonly #loop: EventLoop;
  /** How many unstarted coroutines and unread errors were found not to be garbage, and how often the same number. */
  #kept = { count: 0, times: 0 };
  readonly #interruptOfLoop: () => unknown;

  constructor({ output, signals, interrupts, isExecuting, clock, onError }: NotebookLoopOptions) {
    this.#loop = startLoop({
      clock,
      onWarning: ({ category, message, stack }) =>
        output.write("stderr", `${category}: ${message}\n${stack === undefined ? "" : `${stack}\n`}`),
      onError: ({ message, exception, created }) => {
        output.write("stderr", `${message}\n${created === undefined ? "" : `made at:\n${created}\n`}`);
        onError(exception);
      },
    });
    const taken = (): unknown => {
      if (signals[0] === 0) return undefined;
      const cell = currentCell();
      if (!interrupts.takeAtAwait(isExecuting(cell))) return undefined;
      return keyboardInterrupt();
    };
    this.#interruptOfLoop = taken;
    setInterruptCheck(taken);
    setBlockingSleep(signals, () => (interrupts.take() ? keyboardInterrupt() : undefined));
  }

  /** To be called before code is run that has async functions which await. */
  watchCalls(): void {
    if (this.#watches) return;
    this.#watches = true;
    watchCalls();
    warmUp();
  }

  /** What a loop of a cell calls when an interrupt is pending. Throws it if it is for this loop. */
  readonly interrupted = (): void => {
    const error = this.#interruptOfLoop();
    if (error !== undefined) throw error;
  };

  /** Runs the body of a cell as a task, at once until its first await. */
  startCell(cell: Cell, name: string, body: () => Promise<void>): CellTask {
    // An async function: the task then waits for its end, clean-up included, whatever it is cancelled at.
    const task = runInCell(cell, () => this.#loop.createTask(async () => await body(), { name, eager: true }));
    return {
      promise: task.then(() => {}),
      cancel: () => task.cancel(),
      isWaiting: () => task.currentWait !== null,
      isDone: () => task.done(),
      abandon: (error) => task.fail(error),
    };
  }

  /**
   * Before a cell is said to have ended: coroutines that were dropped unstarted, and errors of tasks that nobody can
   * read any more, have been shown by then.
   */
  async endCell(): Promise<void> {
    const suspects = () => unstartedCount() + unreadFailures();
    const before = suspects();
    const isOld = before <= this.#kept.count && this.#kept.times >= COLLECTIONS;
    if (before > 0 && !isOld) await collectUnstarted();
    const count = suspects();
    this.#kept = { count, times: count === this.#kept.count ? this.#kept.times + 1 : 1 };
  }

  /** The runtime's own view of it. */
  get events(): EventLoop {
    return this.#loop;
  }

  /** In seconds, by the clock of the loop. */
  time(): number {
    return this.#loop.time();
  }

  recover(): void {
    this.#loop.recover();
  }
}
