// Published messages to the outputs of cells, as nbclient and JupyterLab collect them.

import type { Display, Published } from "../client/published.ts";
import type { CodeCell, Output } from "./format.ts";

export class Outputs {
  /** Cells by the id of the request that runs them: what comes late still finds its own cell. */
  readonly #cells = new Map<string, CodeCell>();
  /** Cells whose outputs go as soon as there is a new one: `clear_output` with `wait`. */
  readonly #clearing = new Set<CodeCell>();
  readonly #displays = new Map<string, Set<Output>>();

  /** From now on, what the request publishes is the cell's; what the cell showed before is gone. */
  begin(requestId: string, cell: CodeCell): void {
    this.#cells.set(requestId, cell);
    cell.outputs = [];
    cell.execution_count = null;
  }

  receive(requestId: string, message: Published): void {
    const { type, content } = message;
    if (type === "update_display_data") {
      this.#update(content);
      return;
    }
    const cell = this.#cells.get(requestId);
    if (!cell || type === "status") return;
    switch (type) {
      case "execute_input":
        cell.execution_count = content.execution_count;
        break;
      case "clear_output":
        if (content.wait) this.#clearing.add(cell);
        else this.#clear(cell);
        break;
      case "stream":
        this.#stream(cell, content.name, content.text);
        break;
      case "display_data":
        this.#display(cell, content, { output_type: type });
        break;
      case "execute_result":
        this.#display(cell, content, { output_type: type, execution_count: content.execution_count });
        break;
      case "error":
        this.#append(cell, { output_type: type, ...content });
        break;
    }
  }

  #stream(cell: CodeCell, name: string, text: string): void {
    if (this.#clearing.has(cell)) this.#clear(cell);
    const last = cell.outputs.at(-1);
    if (last?.output_type === "stream" && last.name === name) last.text = `${last.text}${text}`;
    else this.#append(cell, { output_type: "stream", name, text });
  }

  #display(cell: CodeCell, content: Display, start: Output): void {
    const { data, metadata, transient } = content;
    const output: Output = { ...start, data, metadata };
    if (transient.display_id !== undefined) {
      // Showing an id again also updates it where it was shown before.
      this.#update(content);
      const shown = this.#displays.get(transient.display_id) ?? new Set();
      this.#displays.set(transient.display_id, shown.add(output));
    }
    this.#append(cell, output);
  }

  #update({ data, metadata, transient }: Display): void {
    const shown = this.#displays.get(transient.display_id ?? "") ?? [];
    for (const output of shown) {
      output.data = data;
      output.metadata = metadata;
    }
    // What shows nothing any more, such as a line of progress that is done, has no place in a notebook.
    if (Object.keys(data).length === 0) for (const cell of this.#cells.values()) this.#remove(cell, new Set(shown));
  }

  /** Text that stood before and after what is removed is one output again, as if that had never been shown. */
  #remove(cell: CodeCell, outputs: ReadonlySet<Output>): void {
    if (!cell.outputs.some((output) => outputs.has(output))) return;
    const kept = cell.outputs.filter((output) => !outputs.has(output));
    cell.outputs = [];
    for (const output of kept) {
      const last = cell.outputs.at(-1);
      if (last?.output_type === "stream" && output.output_type === "stream" && last.name === output.name)
        last.text = `${last.text}${output.text}`;
      else cell.outputs.push(output);
    }
  }

  #append(cell: CodeCell, output: Output): void {
    if (this.#clearing.has(cell)) this.#clear(cell);
    cell.outputs.push(output);
  }

  #clear(cell: CodeCell): void {
    this.#clearing.delete(cell);
    for (const shown of this.#displays.values()) for (const output of cell.outputs) shown.delete(output);
    cell.outputs = [];
  }
}
