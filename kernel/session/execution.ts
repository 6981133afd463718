// A cell that executes: a task that may be cancelled, and what happens when it cannot be.

import type { Cell } from "./cell.ts";
import { ExecutionTerminated } from "./evaluator.ts";
import { KeyboardInterrupt } from "./interrupt.ts";

/** What an execution needs of the task that runs its cell. */
export interface CellTask {
  /** Settles as the cell ends. */
  readonly promise: Promise<void>;
  cancel(): void;
  /** Whether it is suspended at an await where a cancellation can reach it. */
  isWaiting(): boolean;
}

export class Execution {
  readonly cell: Cell;
  /** Settles when the cell has ended, or is given up. Rejects with `KeyboardInterrupt` where the user stopped it. */
  readonly ended: Promise<void>;
  readonly #task: CellTask;
  readonly #giveUp: (error: Error) => void;

  constructor(cell: Cell, start: () => CellTask) {
    this.cell = cell;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.ended = promise;
    this.#giveUp = reject;
    this.#task = start();
    this.#task.promise.then(resolve, (error: unknown) => reject(this.#seenByUser(error)));
  }

  interrupt(): void {
    if (this.cell.interrupted) {
      this.#giveUp(new KeyboardInterrupt("the cell was interrupted again, and its clean-up given up"));
      return;
    }
    this.cell.interrupted = true;
    this.#task.cancel();
  }

  /** After V8 terminated JavaScript: if the cell was what ran, it ends here. */
  afterTermination(): void {
    this.cell.interrupted = true;
    if (this.#task.isWaiting()) this.#task.cancel();
    else this.#giveUp(new KeyboardInterrupt());
  }

  #seenByUser(error: unknown): unknown {
    if (error instanceof ExecutionTerminated) return new KeyboardInterrupt();
    const isCancellation = error instanceof Error && error.name === "CancelledError";
    return isCancellation && this.cell.interrupted ? new KeyboardInterrupt() : error;
  }
}
