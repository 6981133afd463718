// A line that says what goes on while it does, and is gone when that has ended: no part of what the cell shows.

import type { Output } from "./output.ts";

/** Shows a line in the current cell. Returns what takes it away. */
export function progressLine(output: Output, text: string): () => void {
  const { parent } = output;
  const isAlone = output.shownBy(parent) === 0;
  const transient = { display_id: process.getBuiltinModule("node:crypto").randomUUID() };
  output.publish("display_data", { data: { "text/plain": text }, metadata: {}, transient }, { parent });
  return () => {
    // Outputs can only be taken away together. Where there are others, what is left of the line is an output of nothing.
    if (isAlone && output.shownBy(parent) === 1) output.publish("clear_output", { wait: false }, { parent });
    else output.publish("update_display_data", { data: {}, metadata: {}, transient }, { parent });
  };
}
