// When each cell ran, in the metadata where JupyterLab keeps it (`execution`, ISO 8601).

import type { PublishedMessage } from "../client/channels.ts";
import type { CodeCell } from "../notebook/format.ts";

export class CellTimes {
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

  replied(requestId: string, date: string | undefined): void {
    this.#note(requestId, "shell.execute_reply", date);
  }

  #note(requestId: string, event: string, date: string | undefined): void {
    const times = this.#times.get(requestId);
    if (times && date !== undefined) times[event] = date;
  }
}
