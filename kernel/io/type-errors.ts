// Type errors beside execution: a cell is said to have ended a moment later where its types are expected in that moment,
// and what comes later still is shown in the cell all the same.

import type { Iopub } from "./iopub.ts";
import type { PendingCheck } from "./language-tools.ts";
import type { Log } from "./log.ts";
import type { Parent } from "./parents.ts";

/** How long the end of a cell waits for its types, in milliseconds. */
const PATIENCE = 15;

/** The errors of the cell `[count]`, as they are shown. */
export const typeErrorText = (errors: readonly string[], count: number): string =>
  errors.map((error) => `Cell [${count}], ${error}`).join("");

export class TypeErrors {
  readonly #iopub: Iopub;
  readonly #log: Log;
  #over = false;

  constructor(iopub: Iopub, log: Log) {
    this.#iopub = iopub;
    this.#log = log;
  }

  /** Shows what the check of the cell `[count]` finds. Calls `proceed` when that has happened, or takes too long. */
  show(check: PendingCheck, parent: Parent, count: number, proceed: () => void): void {
    let proceeded = false;
    const once = (): void => {
      if (!proceeded) proceed();
      proceeded = true;
    };
    const timer = check.soon ? setTimeout(once, PATIENCE) : undefined;
    check.errors
      .then((errors) => this.#publish(typeErrorText(errors, count), parent))
      .catch(() => {})
      .finally(() => {
        clearTimeout(timer);
        once();
      });
    if (!check.soon) once();
  }

  /** Says something in the cell of `parent`. */
  tell(text: string, parent: Parent): void {
    this.#publish(`${text}\n`, parent);
  }

  /** The sockets are about to be closed. */
  stop(): void {
    this.#over = true;
  }

  #publish(text: string, parent: Parent): void {
    if (text === "" || this.#over) return;
    try {
      this.#iopub.publish({ type: "stream", content: { name: "stderr", text }, parent, topic: "stream.stderr" });
    } catch (error) {
      this.#log.error("type errors could not be shown", error);
    }
  }
}
