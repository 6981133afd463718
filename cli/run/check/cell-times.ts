// When each cell ran, in the metadata where JupyterLab keeps it (`execution`, ISO 8601), and what it took on the loop's clock.

import type { PublishedMessage } from "../../client/channels.ts";
import type { Executed } from "../../client/kernel-client.ts";
import type { CodeCell } from "../../notebook/format.ts";

/** What cells took, in seconds, by the clock of their loop. */
export type CellSeconds = ReadonlyMap<CodeCell, number>;

export class CellTimes {
  readonly seconds = new Map<CodeCell, number>();
  readonly #times = new Map<string, { [event: string]: string }>();

  begin(requestId: string, cell: CodeCell): void {
    const times = {};
    this.#times.set(requestId, times);
    cell.metadata.execution = times;
  }

  published({ parentId, type, content, date }: PublishedMessage): void {
    if (type === "execute_input") this.#note(parentId, "iopub.execute_input", date);
    if (type === "status") this.#note(parentId, `iopub.status.${content.execution_state}`, date);
  }

  replied(requestId: string, cell: CodeCell, { date, seconds }: Executed): void {
    this.#note(requestId, "shell.execute_reply", date);
    if (seconds !== undefined) this.seconds.set(cell, seconds);
  }

  #note(requestId: string, event: string, date: string | undefined): void {
    const times = this.#times.get(requestId);
    if (times && date !== undefined) times[event] = date;
  }
}
