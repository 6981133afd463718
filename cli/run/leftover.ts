// What cells have left running at the end of a notebook: waited for, and told where that takes too long.

import { setTimeout as delay } from "node:timers/promises";
import type { KernelClient } from "../client/kernel-client.ts";
import type { Pending } from "../client/published.ts";

/** Seconds that the end of a notebook waits for what its cells have left running. */
const LONGEST = 10;
/** Seconds that a kernel may be late with what it is asked, before it counts as busy. */
const PATIENCE = 2;

/** What the end of the run has ended. */
export interface Leftover {
  /** Seconds that it was waited for; undefined where it only waits for somebody from outside, like a server. */
  waited: number | undefined;
  /** Undefined where the kernel did not come round to tell: a loop holds it. */
  pending: Pending[] | undefined;
}

/** Lets everything arrive that cells have shown so far, such as a rejection that nobody handled. Rejects if the kernel ends. */
export async function settled(client: KernelClient): Promise<void> {
  await within(PATIENCE, client.pending(0));
}

/**
 * Waits for what is still running, at most 10 seconds or what a cell may take. Undefined if all of it has ended. Rejects if the
 * kernel ends.
 */
export async function waitForLeftover(client: KernelClient, timeout = LONGEST): Promise<Leftover | undefined> {
  const started = performance.now();
  const seconds = Math.min(timeout, LONGEST);
  const pending = await within(seconds + PATIENCE, client.pending(seconds));
  if (pending?.length === 0) return undefined;
  const waited = (performance.now() - started) / 1000;
  return { waited: pending === undefined || pending.some(({ passive }) => !passive) ? waited : undefined, pending };
}

async function within<T>(seconds: number, work: Promise<T>): Promise<T | undefined> {
  const timer = new AbortController();
  const late = delay(seconds * 1000, undefined, timer).catch(() => undefined);
  // If it comes too late, nobody reads it.
  work.catch(() => {});
  try {
    return await Promise.race([work, late]);
  } finally {
    timer.abort();
  }
}

/** `2 timers (cell 3), 1 server`. */
const pendingText = (pending: readonly Pending[]): string =>
  pending
    .map(({ what, count, cell }) => `${count} ${plural(what, count)}${cell === undefined ? "" : ` (cell ${cell})`}`)
    .join(", ");

const plural = (what: string, count: number): string =>
  count === 1 || /^[A-Z].*[a-z][A-Z]/.test(what) ? what : what === "child process" ? "child processes" : `${what}s`;

/** What was cut off, as a sentence goes on after the notebook's name. */
export function leftoverText({ waited, pending }: Leftover): string {
  const how = waited === undefined ? "closed at the end" : `cut off after waiting ${waited.toFixed(1)} s at the end`;
  return `${how}: ${pending === undefined ? "code that holds the loop without a pause" : pendingText(pending)}`;
}
