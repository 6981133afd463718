import type { Channel } from "node:diagnostics_channel";
import * as published from "../core/channels.ts";
import type { Operation } from "../core/operation.ts";
import type { Handle, Loop, Wait } from "../core/roles.ts";
import type { Task } from "../tasks/task.ts";

/** What the channels of core/channels.ts carry. */
export interface Events {
  created: { task: Task };
  started: { task: Task };
  returned: { task: Task };
  suspended: { task: Task; on: Wait };
  resumed: { task: Task; on: Wait };
  done: { task: Task };
  deferred: { task: Task };
  turn: { loop: Loop; handle: Handle };
  blocked: { loop: Loop; start: number; end: number };
  /** `by` waited for it; without that, the current task got it at once. */
  acquired: { lock: object; by?: Operation<unknown> };
  released: { lock: object };
}

const channels: Record<keyof Events, Channel> = {
  created: published.taskCreated,
  started: published.taskStarted,
  returned: published.taskReturned,
  suspended: published.taskSuspended,
  resumed: published.taskResumed,
  done: published.taskDone,
  deferred: published.cancelDeferred,
  turn: published.loopTurn,
  blocked: published.threadBlocked,
  acquired: published.lockAcquired,
  released: published.lockReleased,
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
