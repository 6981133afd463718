import { inspect } from "node:util";
import { warn } from "../core/reports.ts";
import type { Loop } from "../core/roles.ts";
import { callStack, userFrames } from "../core/user-frames.ts";
import { currentTask } from "../tasks/create-task.ts";
import { Task } from "../tasks/task.ts";
import { listen } from "./listen.ts";

/** A lock, or one permit of a semaphore, that a task acquired. */
interface Hold {
  readonly lock: object;
  readonly task: Task;
  readonly stack: string | undefined;
}

/** Warns of tasks that end while they hold a lock, or a permit of a semaphore, that they acquired. */
export function watchLocks(watched: ReadonlySet<Loop>): () => void {
  const byLock = new WeakMap<object, Hold[]>();
  const byTask = new WeakMap<Task, Hold[]>();
  const drop = (hold: Hold) => {
    byLock.get(hold.lock)?.splice(byLock.get(hold.lock)?.indexOf(hold) ?? 0, 1);
    byTask.get(hold.task)?.splice(byTask.get(hold.task)?.indexOf(hold) ?? 0, 1);
  };
  return listen({
    acquired({ lock, by }) {
      const task = by?.scope?.owner() ?? currentTask();
      if (!(task instanceof Task) || !watched.has(task.loop)) return;
      // A task that consists of the acquire alone gets it for somebody else.
      if (by !== undefined && task.coroutineName === by.name) return;
      const hold = { lock, task, stack: userFrames(by?.where() ?? callStack()) };
      byLock.set(lock, [...(byLock.get(lock) ?? []), hold]);
      byTask.set(task, [...(byTask.get(task) ?? []), hold]);
    },
    released({ lock }) {
      // Who releases need not be who acquired: then it is the permit that was acquired first.
      const holds = byLock.get(lock);
      const task = currentTask();
      const hold = holds?.find((one) => one.task === task) ?? holds?.[0];
      if (hold !== undefined) drop(hold);
    },
    done({ task }) {
      for (const hold of [...(byTask.get(task) ?? [])]) {
        drop(hold);
        warn(task.resource, {
          category: "ResourceWarning",
          message: `Task '${task.name}' ended without releasing ${inspect(hold.lock)}, which it acquired`,
          stack: hold.stack,
        });
      }
    },
  });
}
