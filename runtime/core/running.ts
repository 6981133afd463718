import { AsyncLocalStorage } from "node:async_hooks";
import { RuntimeError } from "./errors.ts";
import type { Loop, Scope } from "./roles.ts";

/** The one AsyncLocalStorage of the runtime. */
export const storage = new AsyncLocalStorage<Scope>();

/** The loops that run. The latest, or else the host's, is that of code outside of any scope. */
let entered: Loop[] = [];
let host: Loop | null = null;

/** Code outside of any scope is this loop's from now on, until `leaveLoop`. */
export function enterLoop(loop: Loop): void {
  entered.push(loop);
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
  entered = entered.filter((other) => other !== loop);
}

/** The loop of code that belongs to no scope, or null. */
export const loopOfNobody = (): Loop | null => entered.at(-1) ?? host;

/** The running loop, or null. */
export function findRunningLoop(): Loop | null {
  const loop = storage.getStore()?.loop;
  return loop !== undefined && !loop.closed ? loop : loopOfNobody();
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
