import type { Channel } from "node:diagnostics_channel";
import * as tracing from "../core/channels.ts";
import type { Operation } from "../core/operation.ts";
import type { EventLoop } from "../loop/loop.ts";
import type { Handle } from "../loop/ready-queue.ts";
import type { Task } from "../tasks/task.ts";

/** What the channels of tracing.ts carry. */
export interface Events {
  created: { task: Task };
  started: { task: Task };
  returned: { task: Task };
  suspended: { task: Task; on: Operation<unknown> };
  resumed: { task: Task; on: Operation<unknown> };
  done: { task: Task };
  deferred: { task: Task };
  turn: { loop: EventLoop; handle: Handle };
  blocked: { loop: EventLoop; start: number; end: number };
  /** `by` waited for it; without that, the current task got it at once. */
  acquired: { lock: object; by?: Operation<unknown> };
  released: { lock: object };
}

const channels: Record<keyof Events, Channel> = {
  created: tracing.taskCreated,
  started: tracing.taskStarted,
  returned: tracing.taskReturned,
  suspended: tracing.taskSuspended,
  resumed: tracing.taskResumed,
  done: tracing.taskDone,
  deferred: tracing.cancelDeferred,
  turn: tracing.loopTurn,
  blocked: tracing.threadBlocked,
  acquired: tracing.lockAcquired,
  released: tracing.lockReleased,
};

/** Calls the listeners of what happens in loops, until the function that it returns is called. */
export function listen(listeners: { [E in keyof Events]?: (event: Events[E]) => void }): () => void {
  const ends: (() => void)[] = [];
  for (const name of Object.keys(listeners) as (keyof Events)[]) {
    const listener = listeners[name] as ((event: unknown) => void) | undefined;
    if (listener === undefined) continue;
    const onMessage = (message: unknown) => listener(message);
    channels[name].subscribe(onMessage);
    ends.push(() => channels[name].unsubscribe(onMessage));
  }
  return () => {
    for (const end of ends) end();
  };
}
