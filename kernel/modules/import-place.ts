// Where an import that failed stands: its line goes into the error's stack, where a trace finds it as any other place.

import type { Position } from "../compile/positions.ts";

/** What errors said before their last place was added: each import of a module that has failed throws the same one. */
const before = new WeakMap<Error, string>();

/** Adds the place of the import that led to an error, below those that are there. */
export function importedAt(error: unknown, file: string, position: Position | undefined): void {
  if (error instanceof Error && position) setStack(error, `${error.stack}\n${frame(file, position)}`);
}

/** Adds the place where it all began: that of a cell's import, or where `import()` was called. */
export function importedFirstAt(error: unknown, places: string): void {
  if (!(error instanceof Error) || places === "") return;
  const stack = before.get(error) ?? String(error.stack);
  before.set(error, stack);
  setStack(error, `${stack}\n${places}`);
}

export const frame = (file: string, { line, column }: Position): string => `    at ${file}:${line}:${column}`;

/** Notes where a function was called. Returns what tells it, as a stack does. */
export function callSite(called: (...args: never[]) => unknown): () => string {
  const site: { stack?: string } = {};
  Error.captureStackTrace(site, called);
  return () => (site.stack ?? "").split("\n").slice(1).join("\n");
}

/** Leaves out of an error's stack where in the loader it was made. */
export function placeless<T extends Error>(error: T): T {
  setStack(error, `${error.name}: ${error.message}`);
  return error;
}

function setStack(error: Error, stack: string): void {
  try {
    error.stack = stack;
  } catch {
    // It is frozen, and has to do without.
  }
}
