import { innermost } from "./await-graph.ts";
import { creationSite } from "./creation-sites.ts";
import { listen } from "./listen.ts";
import type { EventLoop } from "./loop.ts";
import { PENDING } from "./operation.ts";
import { warn } from "./reports.ts";
import type { Task } from "./task.ts";
import { currentTask } from "./tasks.ts";
import { userFrames } from "./user-frames.ts";

/** Nothing of the runtime's will go on, and deliver the cancel. */
const outOfReach = (task: Task): boolean =>
  task.mustCancel && !task.done() && (task.waiting === null || innermost(task.waiting).status === PENDING);

/** Warns of cancelled tasks that wait for a promise of the outside without a checkpoint. */
export function watchUnreached(watched: ReadonlySet<EventLoop>): () => void {
  const lastWaits = new WeakMap<Task, string>();
  return listen({
    suspended({ task, on }) {
      if (watched.has(task.loop)) lastWaits.set(task, on.where());
    },
    deferred({ task }) {
      if (!watched.has(task.loop) || !task.started || task === currentTask()) return;
      setImmediate(() => {
        if (!outOfReach(task)) return;
        const since = lastWaits.get(task);
        const after = since === undefined ? undefined : userFrames(since);
        warn(task.resource, {
          category: "RuntimeWarning",
          message:
            `Task '${task.name}' was cancelled, but waits for a promise that the cancel does not reach: ` +
            `write \`await checkpoint(promise)\`${after === undefined ? "" : "; it is after this await"}`,
          stack: after ?? creationSite(task),
        });
      }).unref();
    },
  });
}
