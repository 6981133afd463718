/** Who waits for what: read from the waits of tasks when somebody asks, kept nowhere. */

import { CANCELLED, WOKEN } from "../core/operation.ts";
import type { Scope, Wait } from "../core/roles.ts";
import { FutureWait, type Waitable } from "../tasks/future-wait.ts";
import { Task } from "../tasks/task.ts";

/** A wait for a hot function is, in truth, the latest wait in that function's body: follows these to the last. */
export function innermost(wait: Wait): Wait {
  let at = wait;
  for (let inner = at.within?.currentWait; inner; inner = at.within?.currentWait) at = inner;
  return at;
}

function addTasks(future: Waitable<unknown>, tasks: Set<Task>, seen: Set<Waitable<unknown>>): void {
  if (seen.has(future)) return;
  seen.add(future);
  if (future instanceof Task) tasks.add(future);
  else for (const part of future.parts()) addTasks(part, tasks, seen);
}

/** The tasks that one wait waits for, through gathers, groups and shields. */
export function tasksOf(wait: Wait): Set<Task> {
  const tasks = new Set<Task>();
  const at = innermost(wait);
  if (at instanceof FutureWait) addTasks(at.future, tasks, new Set());
  return tasks;
}

/** The tasks that a task waits for and that are not done. */
export function awaitedTasks(scope: Scope): Set<Task> {
  const tasks = new Set<Task>();
  for (let wait = scope.currentWait; wait !== null; wait = wait.below) {
    if (wait instanceof FutureWait) for (const task of tasksOf(wait)) tasks.add(task);
    if (wait.within !== null) for (const task of awaitedTasks(wait.within)) tasks.add(task);
  }
  for (const task of tasks) if (task.done()) tasks.delete(task);
  return tasks;
}

/** What a wait waits for, in words: `sleep`, `Lock.acquire`, `user`, `3 tasks`, `promise`. */
export function describeWait(wait: Wait): string {
  const tasks = [...tasksOf(wait)];
  const [only] = tasks;
  if (only === undefined) return innermost(wait).name;
  return tasks.length === 1 ? only.name : `${tasks.length} tasks`;
}

/** Whether a wait is for time or the world outside, not for other tasks: what would take as long without them. */
export function isOutside(wait: Wait): boolean {
  const { name } = innermost(wait);
  return name === "sleep" || name === "promise";
}

/** When a sleep ends, on the loop's clock; undefined for other waits. */
export function deadlineOf(wait: Wait): number | undefined {
  return "when" in wait && typeof wait.when === "number" && wait.when > 0 ? wait.when : undefined;
}

/** Whether a task could go on now, were the loop free. */
export function isReady(task: Task): boolean {
  if (!task.started) return true;
  if (task.currentWait === null) return false;
  const wait = innermost(task.currentWait);
  if (wait.status === WOKEN || wait.status === CANCELLED) return true;
  if (wait instanceof FutureWait) return wait.future.done();
  const deadline = deadlineOf(wait);
  return deadline !== undefined && deadline <= task.loop.time();
}
