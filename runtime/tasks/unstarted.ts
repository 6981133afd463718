import { AsyncResource } from "node:async_hooks";
import { reportAtExit, sweepFailures, unreadFailures, warn } from "../core/reports.ts";
import { storage } from "../core/running.ts";
import { userFrames } from "../core/user-frames.ts";

/** Something that does nothing until it is awaited or made a task: a coroutine, a sleep, a lock's acquire. */
export interface Cold {
  /** Its name in a warning. */
  readonly name: string;
  /** False once it was awaited, made a task or closed. */
  readonly unstarted: boolean;
  /** The async context in which it was made. */
  resource: AsyncResource | null;
  /** Its stack says where it was made; undefined if that was not taken. */
  site: Error | undefined;
}

/**
 * For how many more calls of a function a stack is taken, which says in a warning where the call was made. A stack costs
 * a microsecond, and whoever forgets an await does so early: it is taken for the first 100 calls, in debug mode for all.
 */
export interface StackBudget {
  left: number;
}

export const stackBudget = (): StackBudget => ({ left: 100 });
let everyStack = false;

/** Debug mode: every cold object remembers where it was made. */
export function traceEveryCold(on: boolean): void {
  everyStack = on;
}

/** What a warning needs to know, without holding the object (an Error that was not printed yet holds its frames). */
interface Dropped {
  name: string;
  resource: AsyncResource | null;
  stack: string | undefined;
}

// Most cold objects are awaited at once, and to register one for its collection is slow. So a list holds all that are new;
// those that are still unstarted when the current turn of Node is over are registered.
let nursery: Cold[] = [];
/** At this length the list drops those that were started; it doubles while most are unstarted. */
const SMALL = 256;
let bound = SMALL;
let sweeping = false;
const dropped = new Set<Dropped>();
const records = new WeakMap<Cold, Dropped>();
const registry = new FinalizationRegistry<Dropped>((record) => {
  if (dropped.delete(record)) warnNeverAwaited(record);
});

export function trackCold(cold: Cold, stacks: StackBudget): void {
  const scope = storage.getStore();
  cold.resource = scope === undefined ? new AsyncResource("loopbook.coroutine") : scope.resource;
  if (stacks.left > 0 || everyStack) {
    stacks.left--;
    cold.site = new Error("made here");
  }
  nursery.push(cold);
  if (nursery.length >= bound) thin();
  if (!sweeping) {
    sweeping = true;
    setImmediate(sweep).unref();
    reportAtExit(warnAtExit);
  }
}

/** It was awaited, made a task or closed: there is nothing to warn of. */
export function startedCold(cold: Cold): void {
  if (nursery[nursery.length - 1] === cold) nursery.pop();
  else if (dropped.size > 0) {
    const record = records.get(cold);
    if (record === undefined) return;
    dropped.delete(record);
    registry.unregister(cold);
  }
}

function thin(): void {
  nursery = nursery.filter((cold) => cold.unstarted);
  bound = Math.max(SMALL, 2 * nursery.length);
}

function sweep(): void {
  sweeping = false;
  bound = SMALL;
  for (const cold of nursery) {
    if (!cold.unstarted || records.has(cold)) continue;
    const record = describe(cold);
    dropped.add(record);
    records.set(cold, record);
    registry.register(cold, record, cold);
  }
  nursery = [];
}

function warnAtExit(): void {
  sweep();
  for (const record of dropped) warnNeverAwaited(record);
  dropped.clear();
}

function describe({ name, resource, site }: Cold): Dropped {
  return { name, resource, stack: userFrames(site?.stack ?? "") };
}

function warnNeverAwaited({ name, resource, stack }: Dropped): void {
  warn(resource, { category: "RuntimeWarning", message: `coroutine '${name}' was never awaited`, stack });
}

/** Warns at once of a cold object whose value was dropped; the caller closes it. */
export function warnDropped(cold: Cold): void {
  if (!cold.unstarted) return;
  // The statement that drops it is the one that made it, or close by: better than no place at all.
  cold.site ??= new Error("dropped here");
  warnNeverAwaited(describe(cold));
}

/** How many cold objects have not been started yet. */
export function unstartedCount(): number {
  return nursery.filter((cold) => cold.unstarted && !records.has(cold)).length + dropped.size;
}

/**
 * Collects garbage, so that coroutines that were dropped unstarted and errors that nobody can read any more are
 * reported now; resolves when they have been. Does nothing when there are none.
 */
export async function collectUnstarted(gc: () => void): Promise<void> {
  sweep();
  sweepFailures();
  if (dropped.size === 0 && unreadFailures() === 0) return;
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  await turn();
  gc();
  for (let turns = 0; turns < 3; turns++) await turn();
}
