/** What a cell shows beside its value: the module `loopbook/display`. In a notebook all of these are global as well. */

import { inspected } from "./inspected.ts";
import { type DisplayOptions, type Screen, screen } from "./screen.ts";

export type { Displayable, DisplayMetadata } from "./displayable.ts";
export {
  html,
  type ImageOptions,
  image,
  json,
  latex,
  markdown,
  mermaid,
  svg,
  type Text,
  table,
  vegaLite,
} from "./formats.ts";
export { Progress, type ProgressOptions, progress } from "./progress.ts";
export type { ClearOutputOptions, DisplayOptions } from "./screen.ts";
export type { TableOptions } from "./table-data.ts";

/** Outside of a notebook, values are printed as text. */
const terminal: Screen = {
  display: async (value) => console.log(typeof value === "string" ? value : inspected(value)),
  clearOutput: () => {},
};

const here: Screen = screen(terminal);

/**
 * Shows a value where the cell shows its output, now. Need not be awaited; resolves when the value is on its way.
 *
 * @throws TypeError for a mime bundle that no notebook can be saved with
 * @example
 * display({ "text/html": "<b>x</b>" }, { raw: true })
 */
export const display = (value: unknown, options: DisplayOptions = {}): Promise<void> => here.display(value, options);

/**
 * Replaces what `display(…, { id })` has shown.
 *
 * @example
 * display("working …", { id: "state" });
 * updateDisplay("done", { id: "state" });
 */
export const updateDisplay = (value: unknown, options: DisplayOptions & { id: string }): Promise<void> =>
  here.display(value, { ...options, update: true });

/** Takes away what the cell has shown so far; with `wait`, once there is something new to show. */
export const clearOutput: Screen["clearOutput"] = (options) => here.clearOutput(options);
