/** Debug mode: what is watched while a loop has it on. */
import { traceEveryCold } from "./cold.ts";
import { watchCreations } from "./creation-sites.ts";
import { watchLocks } from "./forgotten-locks.ts";
import type { EventLoop } from "./loop.ts";
import { watchSlowCallbacks } from "./slow-callbacks.ts";
import { watchCancels } from "./swallowed-cancels.ts";
import { watchUnreached } from "./unreached-cancels.ts";

const watchers = [watchCreations, watchSlowCallbacks, watchLocks, watchCancels, watchUnreached];
const watched = new Set<EventLoop>();
let stops: (() => void)[] = [];

/** Whether debug mode is on where nobody says: the environment has `LOOPBOOK_DEBUG`, not empty and not 0. */
export function debugByDefault(): boolean {
  return !["", "0", undefined].includes(process.env.LOOPBOOK_DEBUG);
}

/** Begins or ends to watch a loop. Nothing listens once no loop is watched. */
export function watchLoop(loop: EventLoop, on: boolean): void {
  if (watched.has(loop) === on) return;
  if (on) watched.add(loop);
  else watched.delete(loop);
  if (on && watched.size === 1) {
    stops = watchers.map((watch) => watch(watched));
    traceEveryCold(true);
  } else if (watched.size === 0) {
    for (const stop of stops) stop();
    stops = [];
    traceEveryCold(false);
  }
}
