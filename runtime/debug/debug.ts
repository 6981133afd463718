/** Debug mode: which loops have it on. What it does is in watchers.ts. */

import type { Loop } from "../core/roles.ts";
import { traceEveryCold } from "../tasks/unstarted.ts";

const watched = new Set<Loop>();
let stop: (() => void) | null = null;
let watchAll: typeof import("./watchers.ts").watchAll | null = null;

/** Whether debug mode is on where nobody says: the environment has `LOOPBOOK_DEBUG`, not empty and not 0. */
export function debugByDefault(): boolean {
  return !["", "0", undefined].includes(process.env.LOOPBOOK_DEBUG);
}

/** Begins or ends to watch a loop. Nothing listens once no loop is watched. */
export function watchLoop(loop: Loop, on: boolean): void {
  if (watched.has(loop) === on) return;
  if (on) {
    watched.add(loop);
    loop.datesTasks = true;
  } else watched.delete(loop);
  traceEveryCold(watched.size > 0);
  if (watchAll === null) void debugReady();
  else update();
}

/** Resolves when what watches is loaded and watches; until then debug mode warns of nothing. */
export async function debugReady(): Promise<void> {
  if (watched.size === 0) return;
  watchAll ??= (await import("./watchers.ts")).watchAll;
  update();
}

function update(): void {
  if (watched.size > 0) stop ??= watchAll?.(watched) ?? null;
  else {
    stop?.();
    stop = null;
  }
}
