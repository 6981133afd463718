import { AsyncResource } from "node:async_hooks";
import { reportAtExit, sweepFailures, unreadFailures, warn } from "./reports.ts";
import { storage } from "./scope.ts";

/** Something that does nothing until it is awaited or made a task: a coroutine, a sleep, a lock's acquire. */
export interface Cold {
  /** Its name in a warning. */
  readonly name: string;
  /** False once it was awaited, made a task or closed. */
  readonly unstarted: boolean;
  /** Where it was made, filled in by `trackCold`. */
  made: Made | undefined;
}

export interface Made {
  resource: AsyncResource | null;
  error: Error | undefined;
  /** The key of its record, once it has outlived the moment in which it was made. */
  key: object | undefined;
}

interface Record {
  name: string;
  made: Made;
}

// Most cold objects are awaited at once. They wait in a list that holds them; only those that are still unstarted when
// the current turn of Node is over, or 256 later ones were made, are registered for their collection (125 ns each).
const nursery: Cold[] = [];
let sweeping = false;
const records = new Map<object, Record>();
const registry = new FinalizationRegistry<object>((key) => {
  const record = records.get(key);
  if (record === undefined) return;
  records.delete(key);
  warnNeverAwaited(record.name, record.made);
});

/** Stacks are dear (a microsecond): the first hundred calls of each name have one, all in debug mode. */
const traced = new Map<string, number>();
const TRACED = 100;
let traceAll = false;

/** Debug mode: every cold object remembers where it was made. */
export function traceEveryCold(on: boolean): void {
  traceAll = on;
}

export function trackCold(cold: Cold): void {
  const scope = storage.getStore();
  const count = traced.get(cold.name) ?? 0;
  let error: Error | undefined;
  if (traceAll || count < TRACED) {
    traced.set(cold.name, count + 1);
    error = new Error("made here");
  }
  cold.made = {
    resource:
      scope === undefined ? new AsyncResource("loopbook.coroutine", { requireManualDestroy: true }) : scope.resource,
    error,
    key: undefined,
  };
  nursery.push(cold);
  if (nursery.length >= 256) sweep();
  else if (!sweeping) {
    sweeping = true;
    setImmediate(sweep).unref();
    reportAtExit(warnAtExit);
  }
}

/** It was awaited, made a task or closed: there is nothing to warn of. */
export function startedCold(cold: Cold): void {
  if (nursery.at(-1) === cold) nursery.pop();
  const key = cold.made?.key;
  if (key === undefined) return;
  records.delete(key);
  registry.unregister(key);
}

function sweep(): void {
  sweeping = false;
  for (const cold of nursery) {
    if (!cold.unstarted || cold.made === undefined || cold.made.key !== undefined) continue;
    const key = {};
    cold.made.key = key;
    records.set(key, { name: cold.name, made: cold.made });
    registry.register(cold, key, key);
  }
  nursery.length = 0;
}

let saysAtExit = false;
function warnAtExit(): void {
  if (saysAtExit) return;
  saysAtExit = true;
  sweep();
  for (const record of records.values()) warnNeverAwaited(record.name, record.made);
  records.clear();
}

function warnNeverAwaited(name: string, made: Made): void {
  const stack = made.error?.stack
    ?.split("\n")
    .slice(1)
    .filter((line) => !inRuntime(line))
    .join("\n");
  warn(made.resource, {
    category: "RuntimeWarning",
    message: `coroutine '${name}' was never awaited`,
    stack: stack === "" ? undefined : stack,
  });
}

const here = new URL(".", import.meta.url).href;
const inRuntime = (line: string): boolean => line.includes(here) || line.includes("node:internal");

/** Warns at once of a cold object whose value was dropped. */
export function warnDropped(cold: Cold): void {
  if (!cold.unstarted) return;
  const made = cold.made;
  startedCold(cold);
  if (made !== undefined) warnNeverAwaited(cold.name, made);
}

/** How many cold objects have not been started yet. */
export function unstartedCount(): number {
  return nursery.filter((cold) => cold.unstarted).length + records.size;
}

/**
 * Collects garbage, so that coroutines that were dropped unstarted and errors that nobody can read any more are
 * reported now; resolves when they have been. Does nothing when there are none.
 */
export async function collectUnstarted(gc: () => void): Promise<void> {
  sweep();
  sweepFailures();
  if (records.size === 0 && unreadFailures() === 0) return;
  await new Promise((resolve) => setImmediate(resolve));
  gc();
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}
