// A cell that executes: a task that may be cancelled, and what happens when it cannot be.

import { isError } from "../display/inspected.ts";
import type { Cell } from "./cell.ts";
import { errorName } from "./error-parts.ts";
import { ExecutionTerminated } from "./evaluator.ts";
import { keyboardInterrupt } from "./interrupt.ts";

/** What an execution needs of the task that runs its cell. */
export interface CellTask {
  /** Settles as the cell ends. */
  readonly promise: Promise<void>;
  cancel(): void;
  /** Whether it is suspended at an await where a cancellation can reach it. */
  isWaiting(): boolean;
  isDone(): boolean;
  /** Gives it up: it counts as failed, whatever of it still runs. */
  abandon(error: Error): void;
}

export class Execution {
  readonly cell: Cell;
  /** Settles when the cell has ended, or is given up. Rejects with `KeyboardInterrupt` where the user stopped it. */
  readonly ended: Promise<void>;
  readonly #task: CellTask;

  constructor(cell: Cell, start: () => CellTask) {
    this.cell = cell;
    this.#task = start();
    this.ended = this.#task.promise.catch((error: unknown) => {
      throw this.#seenByUser(error);
    });
  }

  interrupt(): void {
    if (this.cell.interrupted) {
      this.#task.abandon(keyboardInterrupt("the cell was interrupted again, and its clean-up given up"));
      return;
    }
    this.cell.interrupted = true;
    this.#task.cancel();
  }

  /**
   * After the user's code was stopped: if the cell was what ran, it ends here. False if it has ended before: V8 may have
   * dropped what was to follow.
   */
  afterStop(): boolean {
    this.cell.interrupted = true;
    if (this.#task.isDone()) return false;
    if (this.#task.isWaiting()) this.#task.cancel();
    else this.#task.abandon(keyboardInterrupt());
    return true;
  }

  #seenByUser(error: unknown): unknown {
    if (!isError(error)) return error;
    if (error instanceof ExecutionTerminated) return keyboardInterrupt();
    const isCancellation = errorName(error) === "CancelledError";
    return isCancellation && this.cell.interrupted ? keyboardInterrupt() : error;
  }
}
