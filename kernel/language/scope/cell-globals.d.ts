// What cells have without importing it, beside what Node has. Read by the type checker, beside every cell.

declare module "loopbook" {
  export * from "#runtime";
}

declare module "loopbook/testing" {
  export * from "#runtime/testing";
}

interface LoopbookDisplayOptions {
  /** Names the output, so that a later call can replace it. */
  id?: string;
  /** Replaces the outputs with this `id` instead of adding one. */
  update?: boolean;
  /** The value is a mime bundle already: `{ "text/html": "<b>x</b>" }`. */
  raw?: boolean;
  /** For the front end, by mime type: `{ "image/png": { width: 200 } }`. */
  metadata?: object;
}

/** Shows a value where the cell shows its output, now. Resolves when it is on its way. */
declare function display(value: unknown, options?: LoopbookDisplayOptions): Promise<void>;

/** Takes away what the cell has shown so far; with `wait`, once there is something new to show. */
declare function clearOutput(options?: { wait?: boolean }): void;

/** Asks the user, and blocks until there is an answer: `initial` if it is empty. */
declare function prompt(message?: unknown, initial?: string): string | null;
/** Asks the user a question of yes or no, and blocks until there is an answer. */
declare function confirm(message?: unknown): boolean;
/** Tells the user something, and blocks until it is acknowledged. */
declare function alert(message?: unknown): void;
/** Asks the user. The event loop goes on until there is an answer. */
declare function input(message?: unknown): Promise<string>;
/** As `input`, without showing what is typed. */
declare function password(message?: unknown): Promise<string>;
