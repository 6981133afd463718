// Where values are shown: the notebook, which the session puts here for the modules that cells import.

/** The property of the global object that holds the `Screen` of this process. */
export const SCREEN = Symbol.for("loopbook.screen");

export interface DisplayOptions {
  /** Names the output, so that a later call can replace it. */
  id?: string | undefined;
  /** Replaces the outputs with this `id` instead of adding one. */
  update?: boolean | undefined;
  /** The value is a mime bundle already: `{ "text/html": "<b>x</b>" }`. */
  raw?: boolean | undefined;
  /** For the front end, by mime type: `{ "image/png": { width: 200 } }`. */
  metadata?: object | undefined;
}

export interface ClearOutputOptions {
  /** Keeps the output until the next one comes, so that what is drawn again does not flicker. */
  wait?: boolean;
}

export interface Screen {
  display(value: unknown, options?: DisplayOptions): Promise<void>;
  clearOutput(options?: ClearOutputOptions): void;
}

/** The notebook; outside of one, `fallback`. */
export function screen(fallback?: Screen): Screen {
  const found: Screen | undefined = Reflect.get(globalThis, SCREEN) ?? fallback;
  if (!found) throw new Error("There is no notebook to show this in: it is shown where a cell runs.");
  return found;
}
