import { AsyncLocalStorage, type AsyncResource } from "node:async_hooks";
import type { EventLoop } from "../loop/loop.ts";
import type { Task } from "../tasks/task.ts";
import { RuntimeError } from "./errors.ts";
import type { Operation } from "./operation.ts";

/** The values of context variables; replaced as a whole when one is set, so that copies are free. */
export type Variables = ReadonlyMap<object, unknown>;

/** Who is running: a task, the call of a hot async function, or a callback of the loop. */
export interface Scope {
  readonly loop: EventLoop;
  /** What it is waiting for, the latest first. */
  waiting: Operation<unknown> | null;
  /** Counts its waits: tells a body that has met one of ours from a foreign promise. */
  waits: number;
  /** The async context it was made in: where warnings and errors about it are shown. */
  readonly resource: AsyncResource | null;
  /** The task that is cancelled on its behalf. */
  owner(): Task<unknown> | null;
  /** The task that `currentTask()` names. */
  current(): Task<unknown> | null;
  /** Where its context variables are kept. */
  variables(): { vars: Variables };
}

/** The one AsyncLocalStorage of the runtime. */
export const storage = new AsyncLocalStorage<Scope>();

let fallback: EventLoop[] = [];
let host: EventLoop | null = null;

/** The loop of code that no scope accompanies: the host's, or the latest that runs. */
export function enterLoop(loop: EventLoop): void {
  fallback.push(loop);
}

/** The loop of a host runs as long as the process; null ends that. */
export function setHostLoop(loop: EventLoop | null): void {
  host = loop;
}

/** Whether this code is part of a running loop: then another one must not be run. */
export function insideLoop(): boolean {
  return host !== null || storage.getStore()?.loop.closed === false;
}

export function leaveLoop(loop: EventLoop): void {
  fallback = fallback.filter((other) => other !== loop);
}

/** The running loop, or null. */
export function findRunningLoop(): EventLoop | null {
  const loop = storage.getStore()?.loop;
  if (loop !== undefined && !loop.closed) return loop;
  return fallback.at(-1) ?? host;
}

/**
 * The loop that runs this code.
 *
 * @throws RuntimeError `no running event loop`
 */
export function getRunningLoop(): EventLoop {
  const loop = findRunningLoop();
  if (loop === null) throw new RuntimeError("no running event loop");
  return loop;
}
