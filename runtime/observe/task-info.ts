import { CANCELLED, WOKEN } from "../core/operation.ts";
import { awaitedTasks, deadlineOf, describeWait, innermost } from "../debug/waits.ts";
import { currentTask } from "../tasks/create-task.ts";
import type { Task } from "../tasks/task.ts";

/** `created`: not begun; `ready`: goes on in the loop's next turns; `cancelling`: cancelled, and not ended yet. */
export type TaskState = "created" | "ready" | "running" | "waiting" | "cancelling";

/** A task at the moment in which `tasks()` was called. */
export interface TaskInfo {
  readonly task: Task;
  readonly name: string;
  /** The name of the coroutine that it runs. */
  readonly coroutine: string;
  readonly state: TaskState;
  /** Seconds since it was made; null if that was not noted: outside of notebooks and debug mode, before the first `tasks()`. */
  readonly age: number | null;
  /** What it waits for: `sleep`, `promise`, `Lock.acquire`, a task's name, `3 tasks`; null if it does not wait. */
  readonly waitsOn: string | null;
  /** For how many more seconds, if it sleeps. */
  readonly left: number | null;
  /** The tasks that wait for it. */
  readonly awaitedBy: readonly Task[];
  /** Whether it is the one that called `tasks()`. */
  readonly current: boolean;
  /** How deep it is in the tree: below the first task that waits for it. */
  readonly depth: number;
}

function stateOf(task: Task, current: boolean): TaskState {
  if (current) return "running";
  if (!task.started) return "created";
  if (task.cancelling() > 0) return "cancelling";
  const status = task.currentWait === null ? null : innermost(task.currentWait).status;
  return status === WOKEN || status === CANCELLED ? "ready" : "waiting";
}

function infoOf(task: Task, depth: number, awaitedBy: readonly Task[], now: number): TaskInfo {
  const current = task === currentTask();
  const state = stateOf(task, current);
  const wait = task.currentWait;
  const deadline = wait === null ? undefined : deadlineOf(innermost(wait));
  const idle = state === "created" || current;
  return {
    task,
    name: task.name,
    coroutine: task.coroutineName,
    state,
    age: task.born < 0 ? null : Math.max(0, now - task.born),
    waitsOn: idle ? null : wait === null ? "promise" : describeWait(wait),
    left: idle || deadline === undefined ? null : Math.max(0, deadline - now),
    awaitedBy,
    current,
    depth,
  };
}

/** @internal All tasks, each below the first that waits for it. Of a ring of tasks that wait for each other, the oldest is on top. */
export function treeOf(all: readonly Task[], now: number): TaskInfo[] {
  const below = new Map<Task, Task[]>();
  const above = new Map<Task, Task[]>(all.map((task) => [task, []]));
  for (const task of all) {
    const awaited = [...awaitedTasks(task)].filter((other) => above.has(other));
    below.set(task, awaited);
    for (const other of awaited) above.get(other)?.push(task);
  }
  const tree: TaskInfo[] = [];
  const seen = new Set<Task>();
  const add = (root: Task): void => {
    const stack: [Task, number][] = [[root, 0]];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      const [task, depth] = next;
      if (seen.has(task)) continue;
      seen.add(task);
      tree.push(infoOf(task, depth, above.get(task) ?? [], now));
      for (const child of (below.get(task) ?? []).toReversed()) stack.push([child, depth + 1]);
    }
  };
  for (const task of all) if (above.get(task)?.length === 0) add(task);
  for (const task of all) add(task);
  return tree;
}

/** @internal What it waits for, in words for people. */
export function waitText({ waitsOn, left }: TaskInfo): string {
  if (waitsOn === null) return "";
  return left === null ? waitsOn : `${waitsOn}, ${left.toFixed(2)}s left`;
}
