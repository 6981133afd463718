import { listen } from "./listen.ts";
import type { EventLoop } from "./loop.ts";
import { callStack, userFrames } from "./user-frames.ts";

const sites = new WeakMap<object, string>();

/** Where a task was made, as the lines of a stack; known in debug mode. */
export function creationSite(task: object): string | undefined {
  return sites.get(task);
}

/** Notes where tasks are made, until the function that it returns is called. */
export function watchCreations(watched: ReadonlySet<EventLoop>): () => void {
  return listen({
    created({ task }) {
      if (!watched.has(task.loop)) return;
      const site = userFrames(callStack());
      if (site !== undefined) sites.set(task, site);
    },
  });
}
