import { CANCELLED } from "../core/operation.ts";
import { warn } from "../core/reports.ts";
import type { Loop, Wait } from "../core/roles.ts";
import { userFrames, waitingPlace } from "../core/user-frames.ts";
import { FutureWait } from "../tasks/future-wait.ts";
import type { Task } from "../tasks/task.ts";
import { listen } from "./listen.ts";

/** A CancelledError that was thrown into a task, which has not ended since. */
interface Delivery {
  /** Where the task waited then. */
  readonly place: string | undefined;
  readonly stack: string | undefined;
  /** Its waits since. */
  waits: number;
}

/** Clean-up may await; that this often is not clean-up. */
const MANY = 100;

/** Whether this wait is about to end with the CancelledError of a cancel of its task. */
function delivers(task: Task, on: Wait): boolean {
  if (task.cancelling() === 0) return false;
  return task.mustCancel || on.status === CANCELLED || (on instanceof FutureWait && on.future.cancelled());
}

function warnOf(task: Task, { place, stack }: Delivery, what: string): void {
  const at = place === undefined ? "" : ` at ${place}`;
  const advice = "throw it again, or call uncancel() to refuse";
  warn(task.resource, {
    category: "RuntimeWarning",
    message: `Task '${task.name}' was cancelled${at}, and ${what}: a catch swallowed the CancelledError; ${advice}`,
    stack,
  });
}

/**
 * Warns of tasks in which a `catch` swallows the CancelledError: they end as if they had not been cancelled, or wait
 * again at the place where they were.
 */
export function watchCancels(watched: ReadonlySet<Loop>): () => void {
  const deliveries = new WeakMap<Task, Delivery>();
  return listen({
    resumed({ task, on }) {
      if (!watched.has(task.loop) || !delivers(task, on)) return;
      const stack = on.where();
      deliveries.set(task, { place: waitingPlace(stack), stack: userFrames(stack), waits: 0 });
    },
    suspended({ task, on }) {
      const delivery = deliveries.get(task);
      if (delivery === undefined) return;
      const back = delivery.place !== undefined && waitingPlace(on.where()) === delivery.place;
      if (task.cancelling() === 0) deliveries.delete(task);
      else if (back || ++delivery.waits >= MANY) {
        deliveries.delete(task);
        warnOf(task, delivery, back ? "waits there again" : "goes on");
      }
    },
    done({ task }) {
      const delivery = deliveries.get(task);
      if (delivery === undefined || task.cancelling() === 0 || task.cancelled() || task.failed) return;
      warnOf(task, delivery, "finished as if it had not been");
    },
  });
}
