// `display(value)` shows a value where the cell shows its output, now; `clearOutput()` takes away what the cell has shown.

import type { MimeBundle } from "../channel/messages.ts";
import { mimeBundle, simpleBundle } from "./display.ts";
import type { Output } from "./output.ts";

export interface DisplayOptions {
  /** Names the output, so that a later call can replace it. */
  id?: string;
  /** Replaces the outputs with this `id` instead of adding one. */
  update?: boolean;
}

export interface ClearOutputOptions {
  /** Keeps the output until the next one comes, so that what is drawn again does not flicker. */
  wait?: boolean;
}

/** Defines `display` and `clearOutput` for cells. `display` resolves when the value is on its way. */
export function installDisplay(output: Output): void {
  const show = (data: MimeBundle, parent: number, { id, update = false }: DisplayOptions): void => {
    if (update && id === undefined)
      throw new TypeError("display(value, { update: true }) needs the id of what it replaces");
    output.publish(
      update ? "update_display_data" : "display_data",
      { data, metadata: {}, transient: id === undefined ? {} : { display_id: id } },
      { parent },
    );
  };
  const display = async (value: unknown, options: DisplayOptions = {}): Promise<void> => {
    const { parent } = output;
    show(simpleBundle(value) ?? (await mimeBundle(value)), parent, options);
  };
  const clearOutput = ({ wait = false }: ClearOutputOptions = {}): void => output.publish("clear_output", { wait });
  for (const [name, value] of Object.entries({ display, clearOutput }))
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true, enumerable: false });
}
