/** What debug mode watches; loaded when it is first on. */

import { noteCreation } from "../core/reports.ts";
import type { Loop } from "../core/roles.ts";
import { callStack, userFrames } from "../core/user-frames.ts";
import { watchLocks } from "./forgotten-locks.ts";
import { listen } from "./listen.ts";
import { watchSlowCallbacks } from "./slow-callbacks.ts";
import { watchCancels } from "./swallowed-cancels.ts";
import { watchUnreached } from "./unreached-cancels.ts";

/** Notes where tasks are made. */
function watchCreations(watched: ReadonlySet<Loop>): () => void {
  return listen({
    created({ task }) {
      if (!watched.has(task.loop)) return;
      const site = userFrames(callStack());
      if (site !== undefined) noteCreation(task, site);
    },
  });
}

/** Watches these loops, until the function that it returns is called. */
export function watchAll(watched: ReadonlySet<Loop>): () => void {
  const watchers = [watchCreations, watchSlowCallbacks, watchLocks, watchCancels, watchUnreached];
  const stops = watchers.map((watch) => watch(watched));
  return () => {
    for (const stop of stops) stop();
  };
}
