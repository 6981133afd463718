import { AsyncLocalStorage } from "node:async_hooks";
import { RuntimeError } from "./errors.ts";
import type { Loop, Scope } from "./roles.ts";

/** The one AsyncLocalStorage of the runtime. */
export const storage = new AsyncLocalStorage<Scope>();

let fallback: Loop[] = [];
let host: Loop | null = null;

/** The loop of code that no scope accompanies: the host's, or the latest that runs. */
export function enterLoop(loop: Loop): void {
  fallback.push(loop);
}

/** The loop of a host runs as long as the process; null ends that. */
export function setHostLoop(loop: Loop | null): void {
  host = loop;
}

/** Whether this code is part of a running loop: then another one must not be run. */
export function insideLoop(): boolean {
  return host !== null || storage.getStore()?.loop.closed === false;
}

export function leaveLoop(loop: Loop): void {
  fallback = fallback.filter((other) => other !== loop);
}

/** The running loop, or null. */
export function findRunningLoop(): Loop | null {
  const loop = storage.getStore()?.loop;
  if (loop !== undefined && !loop.closed) return loop;
  return fallback.at(-1) ?? host;
}

/**
 * The loop that runs this code.
 *
 * @throws RuntimeError `no running event loop`
 */
export function runningLoop(): Loop {
  const loop = findRunningLoop();
  if (loop === null) throw new RuntimeError("no running event loop");
  return loop;
}
