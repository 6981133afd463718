// `display(value)` shows a value where the cell shows its output, now; `clearOutput()` takes away what the cell has shown.

import { metadataOf } from "../display/displayable.ts";
import * as formats from "../display/formats.ts";
import { inspected } from "../display/inspected.ts";
import { progress } from "../display/progress.ts";
import { mimeBundle, simpleBundle } from "../display/representation.ts";
import { type ClearOutputOptions, type DisplayOptions, SCREEN, type Screen } from "../display/screen.ts";
import { currentCell } from "./cell.ts";
import type { Output } from "./output.ts";

/** What calls of `display` return: a cell that ends in one has nothing more to show. */
const shown = new WeakSet<object>();

/** Whether a value is what `display` has returned. */
export const isDisplayed = (value: unknown): value is Promise<void> =>
  typeof value === "object" && value !== null && shown.has(value);

/** Defines `display` and its like for cells. `display` resolves when the value is on its way. */
export function installDisplay(output: Output): void {
  const show = async (value: unknown, options: DisplayOptions): Promise<void> => {
    const { id, update = false, metadata = metadataOf(value) } = options;
    const { parent } = output;
    if (update && id === undefined)
      throw new TypeError("display(value, { update: true }) needs the id of what it replaces");
    const bundle = options.raw ? rawBundle(value) : (simpleBundle(value) ?? (await mimeBundle(value)));
    output.show(update ? "update_display_data" : "display_data", bundle, {
      parent,
      metadata,
      fields: { transient: id === undefined ? {} : { display_id: id } },
    });
  };
  const display = (value: unknown, options: DisplayOptions = {}): Promise<void> => {
    const pending = currentCell()?.pending;
    const { promise: asked, resolve } = Promise.withResolvers<void>();
    pending?.add(asked);
    const end = (): void => {
      pending?.delete(asked);
      resolve();
    };
    const promise = show(value, options).then(end, (error: unknown) => {
      // A turn later an error that nobody catches has been told.
      setImmediate(end);
      throw error;
    });
    shown.add(promise);
    return promise;
  };
  const clearOutput = ({ wait = false }: ClearOutputOptions = {}): void => output.publish("clear_output", { wait });
  const updateDisplay = (value: unknown, options: DisplayOptions & { id: string }): Promise<void> =>
    display(value, { ...options, update: true });
  const screen: Screen = { display, clearOutput };
  Object.defineProperty(globalThis, SCREEN, { value: screen });
  for (const [name, value] of Object.entries({ ...formats, progress, display, updateDisplay, clearOutput }))
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true, enumerable: false });
}

function rawBundle(value: unknown): object {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new TypeError(
    `display(bundle, { raw: true }) takes an object keyed by mime type, such as { "text/html": "<b>x</b>" }, got ${inspected(value)}`,
  );
}
