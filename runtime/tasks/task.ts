import { AsyncResource } from "node:async_hooks";
import { inspect } from "node:util";
import { Awaitable } from "../core/awaitable.ts";
import { cancelDeferred, taskCreated, taskDone, taskReturned, taskStarted } from "../core/channels.ts";
import { CancelledError, RuntimeError } from "../core/errors.ts";
import { cancelWaits } from "../core/operation.ts";
import type { Loop, Running, Variables, Wait } from "../core/roles.ts";
import { storage } from "../core/running.ts";
import { scopeOf } from "./async-scope.ts";
import { Coroutine } from "./coroutine.ts";
import { Future } from "./future.ts";
import { FutureWait } from "./future-wait.ts";
import { NativeCoroutine } from "./native-coroutine.ts";
import { callBody, isThenable, PromiseWait } from "./promise-wait.ts";
import { Signals } from "./signals.ts";

/** What can be awaited or made a task: a cold coroutine, a task, a future, a promise, or a function that returns one. */
export type AwaitableLike<T = unknown> = PromiseLike<T> | (() => PromiseLike<T> | T);

export interface TaskOptions {
  /** Shown in messages and in the tree of tasks; `Task-1`, `Task-2`, … without it. */
  name?: string | undefined;
  /** Runs it at once until its first await, instead of in a later turn of the loop. */
  eager?: boolean | undefined;
}

let names = 0;

type Body<T> = Coroutine<T> | (() => PromiseLike<T> | T);

/** Begins the body of a task, in the task's async context. Holds no more than it must: there may be a million. */
function enter<T>(task: Task<T>, body: Body<T>): void {
  storage.enterWith(task as Task<unknown>);
  const { loop } = task;
  const ended = (value: T) => {
    task.finish(value);
    loop.suspended(task as Task<unknown>);
  };
  const failed = (error: unknown) => {
    task.fail(error);
    loop.suspended(task as Task<unknown>);
  };
  let result: PromiseLike<T> | T;
  try {
    result = typeof body === "function" ? callBody(body, [], true) : body.invoke();
  } catch (error) {
    failed(error);
    return;
  }
  if (result instanceof Awaitable) result.suspend(ended, failed);
  else if (result instanceof Promise) result.then(ended, failed);
  else Promise.resolve(result).then(ended, failed);
}

/**
 * A coroutine that runs on its own, beside the code that made it. Made by `createTask`; a Future of its result.
 *
 * @example
 * const task = createTask(download(url), { name: "download" });
 * task.cancel();
 */
export class Task<T = unknown> extends Future<T> {
  /** @internal What it waits for: see `Scope`. */ currentWait: Wait | null = null;
  /** @internal */ waitCount = 0;
  /** @internal A cancel that is to be delivered at the next await. */ mustCancel = false;
  /** @internal */ cancelMessage: string | undefined = undefined;
  /** @internal Its body went on without it: the body's next wait is cancelled. */ abandoned = false;
  /** @internal */ vars: Variables;
  /** @internal When it was made, in seconds of the loop's clock; -1 if nobody asked. */ readonly born: number;
  /** @internal Its neighbours in the loop's list of tasks. */ before: Task<unknown> | null = null;
  /** @internal */ after: Task<unknown> | null = null;
  #source: AwaitableLike<T> | null;
  #resource: AsyncResource | null = null;
  #name: string | number;
  #requests = 0;
  #signals: Signals | null = null;
  #coroutine: string;

  /** @internal Use `createTask`. */
  constructor(loop: Loop, source: AwaitableLike<T>, options?: TaskOptions) {
    super(loop);
    const creator = storage.getStore();
    this.vars = creator === undefined ? loop.vars : creator.variables().vars;
    this.#name = options?.name ?? ++names;
    this.born = loop.datesTasks ? loop.time() : -1;
    this.#source = source;
    this.#coroutine = nameOf(source);
    const hasBody = typeof source === "function" || source instanceof Coroutine;
    if (hasBody || creator === undefined) {
      this.#resource = new AsyncResource("loopbook.Task");
    } else this.#resource = creator.resource;
    loop.addTask(this as Task<unknown>);
    if (source instanceof Coroutine || source instanceof NativeCoroutine) source.take();
    if (taskCreated.hasSubscribers) taskCreated.publish({ task: this });
    // An ordinary promise is under way already: a later turn would only let it fail without anybody there.
    const underWay = !hasBody && !(source instanceof Awaitable);
    if (options?.eager === true || underWay) {
      this.run();
      if (taskReturned.hasSubscribers) taskReturned.publish({ task: this });
    } else loop.push(this);
  }

  get name(): string {
    return typeof this.#name === "number" ? `Task-${this.#name}` : this.#name;
  }

  set name(name: string) {
    this.#name = name;
  }

  /** The name of the coroutine that it runs. */
  get coroutineName(): string {
    return this.#coroutine;
  }

  /**
   * Asks the task to end: a CancelledError is thrown at the innermost await it waits at, or at its next one. The task
   * may clean up, which is waited for, and may refuse. False if it was done.
   */
  override cancel(message?: string): boolean {
    if (this.done()) {
      this.forgive();
      return false;
    }
    this.#requests++;
    const delivered = this.currentWait !== null && cancelWaits(this, message);
    if ((this.#signals?.abort(message) ?? false) || delivered) return true;
    this.mustCancel = true;
    this.cancelMessage = message;
    if (cancelDeferred.hasSubscribers) cancelDeferred.publish({ task: this });
    return true;
  }

  /** @internal */
  get started(): boolean {
    return this.#source === null;
  }

  /** How many cancel requests are pending: `cancel` adds one, `uncancel` takes one back. */
  cancelling(): number {
    return this.#requests;
  }

  /** Takes back one cancel request; returns how many remain. */
  uncancel(): number {
    if (this.#requests > 0 && --this.#requests === 0) this.mustCancel = false;
    return this.#requests;
  }

  /**
   * A signal for one operation of the outside (`fetch`, `node:timers/promises`, a stream), aborted when this task is
   * cancelled. Take it anew for each operation: it is cheap, and a signal that lives long collects listeners.
   *
   * @example
   * const response = await fetch(url, { signal: currentTask()?.signal });
   */
  get signal(): AbortSignal {
    this.#signals ??= new Signals();
    return this.#signals.take(this.mustCancel ? (this.cancelMessage ?? "") : undefined);
  }

  /** Where it is suspended, as the lines of a stack; only in debug mode, else what it waits for. */
  get stack(): string {
    return this.currentWait?.where() ?? "";
  }

  override setResult(_value: T): never {
    throw new RuntimeError("Task does not support setResult operation");
  }

  override setException(_error: unknown): never {
    throw new RuntimeError("Task does not support setException operation");
  }

  /** @internal Starts it: its entry in the ready queue. */
  run(): Running {
    const source = this.#source;
    if (source === null) return false;
    this.#source = null;
    if (this.mustCancel) {
      this.mustCancel = false;
      if (source instanceof Coroutine) source.close();
      this.#leave();
      this.settleCancelled(this.cancelMessage, undefined);
      if (taskDone.hasSubscribers) taskDone.publish({ task: this });
      return false;
    }
    if (taskStarted.hasSubscribers) taskStarted.publish({ task: this });
    if (typeof source === "function" || source instanceof Coroutine) {
      this.#resource?.runInAsyncScope(enter<T>, undefined, this, source);
      return this;
    }
    const operation =
      source instanceof NativeCoroutine
        ? source
        : source instanceof Future
          ? new FutureWait<T>(source)
          : new PromiseWait<T>(source);
    operation.start(this, this.loop, null, null);
    return false;
  }

  /** @internal */
  finish(value: T): void {
    if (this.done()) return;
    this.#leave();
    if (this.mustCancel) {
      this.mustCancel = false;
      this.settleCancelled(this.cancelMessage, undefined);
    } else super.setResult(value);
    if (taskDone.hasSubscribers) taskDone.publish({ task: this });
  }

  /** @internal */
  fail(error: unknown): void {
    if (this.done()) return;
    const signals = this.#signals;
    this.#leave();
    // A proxy is no error: to ask what it is an instance of may throw.
    if (Error.isError(error) && error instanceof CancelledError) this.settleCancelled(error.message, error);
    else if (this.#requests > 0 && signals?.caused(error)) this.settleCancelled(this.cancelMessage, undefined);
    else super.setException(error);
    if (taskDone.hasSubscribers) taskDone.publish({ task: this });
  }

  #leave(): void {
    this.loop.removeTask(this as Task<unknown>);
    this.#signals = null;
  }

  /** @internal */
  owner(): Task<unknown> | null {
    return this as Task<unknown>;
  }

  /** @internal */
  current(): Task<unknown> | null {
    return this.done() ? null : (this as Task<unknown>);
  }

  /** @internal */
  variables(): { vars: Variables } {
    return this;
  }

  /** @internal */
  override get resource(): AsyncResource | null {
    return this.#resource;
  }

  /** @internal */
  protected override label(): string {
    return this.#requests > 0 && !this.done() ? "cancelling" : super.label();
  }

  /** @internal */
  protected override describe(): string {
    return ` name='${this.name}' coro=<${this.#coroutine}()>`;
  }
}
Object.defineProperty(Task.prototype, Symbol.toStringTag, { value: "Task", configurable: true });

function nameOf(source: unknown): string {
  if (source instanceof Coroutine || source instanceof NativeCoroutine) return source.name;
  if (typeof source === "function") return source.name || "<anonymous>";
  if (source instanceof Future) return source instanceof Task ? source.name : "Future";
  return (source instanceof Promise && scopeOf(source)?.name) || "promise";
}

/**
 * @internal Checks that a value can be made a task.
 * @throws TypeError `a coroutine was expected, got …`
 */
export function asSource<T>(value: AwaitableLike<T>): AwaitableLike<T> {
  if (value instanceof Awaitable || typeof value === "function" || value instanceof Promise) return value;
  if (isThenable(value)) return Promise.resolve(value);
  throw new TypeError(`a coroutine was expected, got ${inspect(value)}`);
}
