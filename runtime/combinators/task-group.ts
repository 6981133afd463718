import { inspect } from "node:util";
import { CancelledError, KeyboardInterrupt, RuntimeError, SystemExit } from "../core/errors.ts";
import { ExceptionGroup } from "../core/exception-group.ts";
import { reportError } from "../core/reports.ts";
import type { Handle } from "../core/roles.ts";
import { Coroutine, isCoroutine } from "../tasks/coroutine.ts";
import { createTaskIn, taskHere } from "../tasks/create-task.ts";
import { JointFuture } from "../tasks/joint-future.ts";
import { callBody } from "../tasks/promise-wait.ts";
import type { AwaitableLike, Task, TaskOptions } from "../tasks/task.ts";

class ChildDone implements Handle {
  readonly #group: TaskGroup;
  readonly #task: Task;

  constructor(group: TaskGroup, task: Task) {
    this.#group = group;
    this.#task = task;
  }

  run(): boolean {
    this.#group.childDone(this.#task);
    return false;
  }
}

const passesThrough = (error: unknown): boolean => error instanceof KeyboardInterrupt || error instanceof SystemExit;

/**
 * Tasks that end together: the block waits for all of them; the first that fails cancels the others, and their errors
 * are thrown together as an ExceptionGroup. Use it through `taskGroup`.
 */
export class TaskGroup implements AsyncDisposable {
  readonly #tasks = new Set<Task>();
  #errors: unknown[] = [];
  #baseError: { error: unknown } | null = null;
  #parent: Task | null = null;
  #exiting = false;
  #aborting = false;
  #parentCancelled = false;
  #completed: JointFuture<void> | null = null;

  /**
   * Runs an awaitable as a task of the group.
   * @throws RuntimeError when the group has not been entered, is shutting down or is finished
   */
  createTask<T>(source: AwaitableLike<T>, options?: TaskOptions): Task<Awaited<T>> {
    const parent = this.#parent;
    let refusal: string | undefined;
    if (parent === null) refusal = "has not been entered";
    else if (this.#exiting && this.#tasks.size === 0) refusal = "is finished";
    else if (this.#aborting) refusal = "is shutting down";
    if (parent === null || refusal !== undefined) {
      if (isCoroutine(source)) source.close();
      throw new RuntimeError(`TaskGroup ${inspect(this)} ${refusal}`);
    }
    const task = createTaskIn(parent.loop, source, options);
    if (task.done()) this.childDone(task as Task);
    else {
      this.#tasks.add(task as Task);
      task.notify(new ChildDone(this, task as Task));
    }
    return task;
  }

  /** @internal */
  enter(): this {
    if (this.#parent !== null) throw new RuntimeError(`TaskGroup ${inspect(this)} has already been entered`);
    this.#parent = taskHere();
    if (this.#parent === null) throw new RuntimeError(`TaskGroup ${inspect(this)} cannot determine the parent task`);
    return this;
  }

  /** @internal The end of the block, which `failure` left early, if given. Throws what the block is to throw. */
  async exit(failure: { error: unknown } | null): Promise<void> {
    this.#exiting = true;
    if (failure !== null && passesThrough(failure.error)) this.#baseError ??= failure;
    let cancellation = failure?.error instanceof CancelledError ? failure : null;
    if (failure !== null && !this.#aborting) this.#abort();
    while (this.#tasks.size > 0) {
      this.#completed ??= new JointFuture<void>(this.#tasks, this.#parent?.loop);
      try {
        await this.#completed;
      } catch (error) {
        if (!(error instanceof CancelledError)) throw error;
        if (!this.#aborting) {
          cancellation = { error };
          this.#abort();
        }
      }
      this.#completed = null;
    }
    if (this.#baseError !== null) throw this.#baseError.error;
    // The cancel that a failed child sent to the parent is taken back.
    if (this.#parentCancelled && this.#parent?.uncancel() === 0) cancellation = null;
    if (cancellation !== null && this.#errors.length === 0) throw cancellation.error;
    if (failure !== null && !(failure.error instanceof CancelledError)) this.#errors.push(failure.error);
    if (this.#errors.length === 0) return;
    if (this.#parent !== null && this.#parent.cancelling() > 0) {
      this.#parent.uncancel();
      this.#parent.cancel();
    }
    const errors = this.#errors;
    this.#errors = [];
    throw new ExceptionGroup("unhandled errors in a TaskGroup", errors);
  }

  /** @internal */
  childDone(task: Task): void {
    this.#tasks.delete(task);
    if (this.#tasks.size === 0 && this.#completed?.done() === false) this.#completed.setResult();
    if (task.cancelled()) return;
    const error = task.exception();
    if (error === null) return;
    this.#errors.push(error);
    if (passesThrough(error)) this.#baseError ??= { error };
    if (this.#parent?.done() !== false) {
      const message = `Task ${inspect(task)} has errored out but its parent task is already completed`;
      reportError(task.resource, { message, exception: error });
      return;
    }
    if (this.#aborting || this.#parentCancelled) return;
    this.#abort();
    this.#parentCancelled = true;
    this.#parent.cancel();
  }

  #abort(): void {
    this.#aborting = true;
    for (const task of this.#tasks) if (!task.done()) task.cancel();
  }

  /** The end of `await using group = taskGroup()`. A disposer does not see the error that left the block. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.exit(null);
  }

  [inspect.custom](): string {
    const parts = ["TaskGroup"];
    if (this.#tasks.size > 0) parts.push(`tasks=${this.#tasks.size}`);
    if (this.#errors.length > 0) parts.push(`errors=${this.#errors.length}`);
    if (this.#aborting) parts.push("cancelling");
    else if (this.#parent !== null) parts.push("entered");
    return `<${parts.join(" ")}>`;
  }
}

async function inGroup<T>(fn: (group: TaskGroup) => T | PromiseLike<T>): Promise<T> {
  const group = new TaskGroup().enter();
  let value: T;
  try {
    value = await callBody(fn, [group]);
  } catch (error) {
    await group.exit({ error });
    throw error;
  }
  await group.exit(null);
  return value;
}

/**
 * Runs `fn` with a group whose tasks all end before this does, and returns its result. If one of them fails, the others
 * and `fn` are cancelled, and all errors are thrown as one ExceptionGroup.
 *
 * @throws ExceptionGroup `unhandled errors in a TaskGroup`; CancelledError when the caller is cancelled
 * @example
 * await taskGroup(async (group) => {
 *   group.createTask(download(first));
 *   group.createTask(download(second));
 * });
 */
export function taskGroup<T>(fn: (group: TaskGroup) => T | PromiseLike<T>): Promise<T>;
/** The same as a resource: `await using group = taskGroup()`. It cannot see an error that leaves the block. */
export function taskGroup(): TaskGroup;
export function taskGroup<T>(fn?: (group: TaskGroup) => T | PromiseLike<T>): Promise<T> | TaskGroup {
  return fn === undefined ? new TaskGroup().enter() : new Coroutine<T>("taskGroup", inGroup<T>, [fn]);
}
