// One execution of a cell: what its output, its errors and its clean-up belong to, for as long as anything of it runs.

import { AsyncLocalStorage } from "node:async_hooks";
import type { ParentId } from "../channel/messages.ts";

export class Cell {
  readonly parent: ParentId;
  /** The number in `[3]`. */
  readonly executionCount: number;
  /** What stack traces call its script. */
  readonly url: string;
  readonly allowStdin: boolean;
  readonly silent: boolean;
  /** Top-level `using` and `await using`. */
  readonly disposables = new AsyncDisposableStack();
  /** What its `import` declarations have loaded, in their order. */
  imported: readonly object[] = [];
  /** What `var` and namespaces of its begin with. */
  readonly kept = new Map<string, unknown>();
  /** The value of the last expression, if the cell ended in one. */
  result: { value: unknown } | undefined;
  /** What it waits for before it has ended: values that are asked how they are shown, questions to the user. */
  readonly pending = new Set<Promise<void>>();
  /** Set once the user has asked it to stop. */
  interrupted = false;

  constructor(options: Pick<Cell, "parent" | "executionCount" | "url" | "allowStdin" | "silent">) {
    this.parent = options.parent;
    this.executionCount = options.executionCount;
    this.url = options.url;
    this.allowStdin = options.allowStdin;
    this.silent = options.silent;
  }
}

const storage = new AsyncLocalStorage<Cell>();

/** The cell that started what is running now, however long ago. */
export const currentCell = (): Cell | undefined => storage.getStore();

/** Runs `body` as part of a cell, with all that it starts. */
export const runInCell = <T>(cell: Cell, body: () => T): T => storage.run(cell, body);
