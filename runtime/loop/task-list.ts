import type { Task } from "../tasks/task.ts";

/** The tasks of a loop that are not done: a list through the tasks themselves, so that one joins and leaves at no cost. */
export class TaskList {
  #latest: Task<unknown> | null = null;

  add(task: Task<unknown>): void {
    task.after = this.#latest;
    if (this.#latest !== null) this.#latest.before = task;
    this.#latest = task;
  }

  remove(task: Task<unknown>): void {
    if (task.before !== null) task.before.after = task.after;
    else if (this.#latest === task) this.#latest = task.after;
    if (task.after !== null) task.after.before = task.before;
    task.before = task.after = null;
  }

  /** All of them, the oldest first. */
  all(): Task<unknown>[] {
    const all: Task<unknown>[] = [];
    for (let task = this.#latest; task !== null; task = task.after) all.push(task);
    return all.reverse();
  }

  some(is: (task: Task<unknown>) => boolean): boolean {
    for (let task = this.#latest; task !== null; task = task.after) if (is(task)) return true;
    return false;
  }
}
