import { inspect } from "node:util";
import { type EventLoop, getRunningLoop } from "../loop/loop.ts";
import { type TaskInfo, treeOf, waitText } from "./task-info.ts";
import { taskLabel } from "./task-label.ts";

/** How many tasks a text or a table shows at most. */
const ROWS = 500;

/** The tasks that wait for it beside the one above it in the tree. */
function othersAbove({ awaitedBy }: TaskInfo): string {
  return awaitedBy.length < 2 ? "" : `  (awaited by ${awaitedBy.map(({ name }) => name).join(", ")})`;
}

/** The live tasks of a loop as a tree; made by `tasks()`. Iterating gives each as data. */
export class TaskTree implements Iterable<TaskInfo> {
  readonly #tasks: readonly TaskInfo[];

  constructor(loop: EventLoop) {
    const now = loop.time();
    this.#tasks = treeOf(loop.tasks(), now);
  }

  get size(): number {
    return this.#tasks.length;
  }

  [Symbol.iterator](): Iterator<TaskInfo> {
    return this.#tasks[Symbol.iterator]();
  }

  toString(): string {
    if (this.size === 0) return "no tasks";
    const lines = this.#tasks.slice(0, ROWS).map((info, index) => this.#line(info, index));
    if (this.size > ROWS) lines.push(`… and ${this.size - ROWS} more tasks`);
    return lines.join("\n");
  }

  /** A table, for a page. */
  async toHTML(): Promise<string> {
    const { taskTreeHtml } = await import("./task-tree-html.ts");
    return taskTreeHtml(this.#tasks, ROWS);
  }

  [inspect.custom](): string {
    return this.toString();
  }

  async [Symbol.for("Jupyter.display")](): Promise<Record<string, string>> {
    return { "text/plain": this.toString(), "text/html": await this.toHTML() };
  }

  #line(info: TaskInfo, index: number): string {
    const wait = waitText(info);
    const state = wait === "" ? info.state : `${info.state}: ${wait}`;
    const age = info.age === null ? "" : `  ${info.age.toFixed(2)}s old`;
    return `${this.#branches(info, index)}${taskLabel(info)}  ${state}${age}${othersAbove(info)}${info.current ? "  ← here" : ""}`;
  }

  /** The lines of the tree before a name. */
  #branches({ depth }: TaskInfo, index: number): string {
    let branches = "";
    for (let level = 1; level <= depth; level++) {
      const goesOn = this.#goesOn(index, level);
      if (level === depth) branches += goesOn ? "├─ " : "└─ ";
      else branches += goesOn ? "│  " : "   ";
    }
    return branches;
  }

  /** Whether another task of this level comes before one of a higher level. */
  #goesOn(index: number, level: number): boolean {
    for (let at = index + 1; at < this.size; at++) {
      const depth = this.#tasks[at]?.depth ?? 0;
      if (depth <= level) return depth === level;
    }
    return false;
  }
}

/**
 * The tasks of a loop that are not done, as a tree: below each the tasks that it waits for. A cell shows it as a table,
 * `console.log` as text, `[...tasks()]` is data. It is the state of this moment: call it again for a later one.
 *
 * @throws RuntimeError `no running event loop`
 * @example
 * console.log(tasks());
 * // main  waiting: 2 tasks  1.50s old
 * // ├─ user  waiting: sleep, 0.50s left  1.50s old
 * // └─ posts  waiting: Lock.acquire  1.50s old
 */
export function tasks(loop: EventLoop = getRunningLoop()): TaskTree {
  loop.datesTasks = true;
  return new TaskTree(loop);
}
