// Where an import that failed stands: its line goes into the error's stack, where a trace finds it as any other place.

import type { Position } from "../compile/positions.ts";

/** Adds the place of the import that led to an error, below those that are there. */
export function importedAt(error: unknown, file: string, position: Position | undefined): void {
  if (!(error instanceof Error) || position === undefined) return;
  try {
    error.stack = `${error.stack}\n    at ${file}:${position.line}:${position.column}`;
  } catch {
    // It is frozen, and has to do without.
  }
}

/** Leaves out of an error's stack where in the loader it was made. */
export function placeless<T extends Error>(error: T): T {
  error.stack = `${error.name}: ${error.message}`;
  return error;
}
