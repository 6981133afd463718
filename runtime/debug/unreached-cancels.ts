import { PENDING } from "../core/operation.ts";
import { creationSite, warn } from "../core/reports.ts";
import type { Loop } from "../core/roles.ts";
import { userFrames } from "../core/user-frames.ts";
import { currentTask } from "../tasks/create-task.ts";
import type { Task } from "../tasks/task.ts";
import { listen } from "./listen.ts";
import { innermost } from "./waits.ts";

/** Nothing of the runtime's will go on, and deliver the cancel. */
const outOfReach = (task: Task): boolean =>
  task.mustCancel && !task.done() && (task.currentWait === null || innermost(task.currentWait).status === PENDING);

/** Warns of cancelled tasks that wait for a promise of the outside without a checkpoint. */
export function watchUnreached(watched: ReadonlySet<Loop>): () => void {
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
