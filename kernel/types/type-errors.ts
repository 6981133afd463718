// Type errors beside execution: a cell is said to have ended a moment later where its types are expected in that moment,
// and what comes later still is shown in the cell all the same.

import type { Log } from "../log.ts";
import type { Iopub } from "../sockets/iopub.ts";
import type { Parent } from "../sockets/parents.ts";
import type { PendingCheck } from "./language-tools.ts";
import { TimeBudget } from "./time-budget.ts";
import { typeErrorNote } from "./type-error-note.ts";

/**
 * How long the end of a cell waits for its types, in milliseconds: so long only on a machine that is busy. There are clients
 * that take 100 ms without a message for the end (jupyter_kernel_test is one).
 */
const PATIENCE = 60;

export class TypeErrors {
  readonly #iopub: Pick<Iopub, "publish">;
  readonly #log: Log;
  /** For what makes a difference where many cells run in a row. */
  readonly #budgets = {
    soon: undefined,
    long: new TimeBudget(0.05, 60, performance.now()),
    behind: new TimeBudget(0.25, 500, performance.now()),
    late: new TimeBudget(0, 0, performance.now()),
  };
  /** What ends the waiting of cells that have run. */
  readonly #waiting = new Set<() => void>();
  #over = false;

  constructor(iopub: Pick<Iopub, "publish">, log: Log) {
    this.#iopub = iopub;
    this.#log = log;
  }

  /**
   * Shows what the check of the cell `[count]` finds. Calls `proceed` when that has happened, or takes too long, or
   * somebody is in a hurry. `content` is what the cell is answered with.
   */
  show(check: PendingCheck, parent: Parent, count: number, content: object, proceed: () => void): void {
    const began = performance.now();
    const budget = this.#budgets[check.expected];
    const patience = Math.min(PATIENCE, budget?.left(began) ?? PATIENCE);
    let timer: NodeJS.Timeout | undefined;
    const end = (): void => {
      if (!this.#waiting.delete(end)) return;
      clearTimeout(timer);
      budget?.spend(performance.now() - began);
      proceed();
    };
    this.#waiting.add(end);
    check.errors
      .then((errors) => this.#publish(unsaid(errors, content), count, parent))
      .catch(() => {})
      .finally(end);
    if (patience === 0) end();
    else timer = setTimeout(end, patience);
  }

  /** Somebody waits for what comes after the cells that have run. */
  hurry(): void {
    for (const end of [...this.#waiting]) end();
  }

  /** The sockets are about to be closed. */
  stop(): void {
    this.hurry();
    this.#over = true;
  }

  #publish(errors: readonly string[], count: number, parent: Parent): void {
    if (errors.length === 0 || this.#over) return;
    try {
      const { data, metadata } = typeErrorNote(
        errors.map((error) => error.toWellFormed()),
        count,
      );
      this.#iopub.publish({ type: "display_data", content: { data, metadata, transient: {} }, parent });
    } catch (error) {
      this.#log.error("type errors could not be shown", error);
    }
  }
}

const UNKNOWN_NAME =
  /^line \d+: (?:Cannot find name|No value exists in scope for the shorthand property) '([^']+)'\.(?! Did you mean)/;

/** The errors without the one that the cell has failed of: its traceback says that already. */
function unsaid(errors: readonly string[], content: object): readonly string[] {
  const { ename, evalue } = { ename: "", evalue: "", ...content };
  const missing = ename === "ReferenceError" ? /^(\S+) is not defined$/.exec(evalue)?.[1] : undefined;
  return errors.filter((error) => missing === undefined || UNKNOWN_NAME.exec(error)?.[1] !== missing);
}
