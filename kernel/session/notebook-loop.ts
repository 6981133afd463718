// STAND-IN until the runtime is there.
import type { Cell } from "./cell.ts";
import type { CellTask } from "./execution.ts";
import type { Interrupts } from "./interrupt.ts";
import type { Output } from "./output.ts";

export interface NotebookLoopOptions {
  output: Output;
  interrupts: Interrupts;
  signals: Int32Array;
  isExecuting: () => boolean;
}

export class NotebookLoop {
  onError: (error: unknown) => void = () => {};
  readonly checkpoint = (value: unknown): unknown => value;
  readonly asyncScope = (body: (...args: unknown[]) => Promise<unknown>, args: unknown[] = []): unknown =>
    body(...args);
  readonly checkpointIterator = (value: unknown): unknown => value;
  readonly discarded = (value: unknown): unknown => value;
  constructor(_options: NotebookLoopOptions) {}
  startCell(_cell: Cell, _name: string, body: () => Promise<void>): CellTask {
    return { promise: body(), cancel() {}, isWaiting: () => false };
  }
  async endCell(_cell: Cell): Promise<void> {}
  recover(): void {}
}
