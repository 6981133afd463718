import { Awaitable, type Reject, type Resolve } from "./awaitable.ts";
import { taskResumed, taskSuspended } from "./channels.ts";
import { cancelledError, RuntimeError } from "./errors.ts";
import type { Handle, Loop, Running, Scope, Wait } from "./roles.ts";
import { runningLoop, storage } from "./running.ts";

/** Not begun. */
export const CREATED = 0;
/** Parked: neither woken nor cancelled so far. */
export const PENDING = 1;
/** Goes on in a later turn. */
export const WOKEN = 2;
/** Ends by a CancelledError in a later turn. */
export const CANCELLED = 3;
export const FINISHED = 4;

/**
 * One wait: the waiting primitive under all others. It starts when it is awaited (in the current task) or made a task
 * of its own, parks until something wakes it, and goes on in a later turn of the loop. A cancel that comes after the
 * wake-up and before that turn still wins; `passOn` then hands what was won to the next in line.
 */
export abstract class Operation<T> extends Awaitable<T> implements Handle, Wait {
  /** @internal */ status = CREATED;
  /** @internal */ scope: Scope | null = null;
  /** @internal The wait of the same scope that began before this one. */ below: Wait | null = null;
  /** @internal The one that began after it. */ above: Wait | null = null;
  /** @internal */ declare loop: Loop;
  /** @internal */ message: string | undefined = undefined;
  /** Null when a task consists of this operation alone. */
  #resolve: Resolve<T> | null = null;
  #reject: Reject | null = null;
  #site: Error | undefined = undefined;

  /** @internal The scope whose end it waits for, if it is one. */
  get within(): Scope | null {
    return null;
  }

  /** What a warning calls it. */
  abstract get name(): string;
  /** Finishes at once, or parks. */
  protected abstract begin(): void;
  /** The turn after the wake-up: finishes, or parks again. Returns what `Handle.run` is to return. */
  protected abstract resume(): Running;
  /** It was cancelled while it waited: takes its timer and the like from the loop. */
  protected letGo(): void {}
  /** A cancel ends it, perhaps after it was `woken`: leaves its queue, and wakes the next if it got what that waits for. */
  protected passOn(_woken: boolean): void {}
  /** The error that it throws when a cancel ends it. */
  protected cancellation(): unknown {
    return cancelledError(this.message);
  }

  suspend(resolve: Resolve<T>, reject: Reject, scope = storage.getStore()): void {
    if (scope === undefined) {
      this.start(null, runningLoop(), resolve, reject);
      return;
    }
    this.start(scope, scope.loop, resolve, reject);
    if (this.status !== FINISHED) this.loop.suspended(scope);
  }

  /** Begins in the current task all the same, so that a cancel of the task reaches it through any chain of `then`. */
  observe(resolve: Resolve<T>, reject: Reject): void {
    const scope = storage.getStore() ?? null;
    this.start(scope, scope?.loop ?? runningLoop(), resolve, reject);
  }

  /** @internal */
  start(scope: Scope | null, loop: Loop, resolve: Resolve<T> | null, reject: Reject | null): void {
    if (this.status !== CREATED) throw new RuntimeError("cannot reuse already awaited coroutine");
    this.scope = scope;
    this.loop = loop;
    this.#resolve = resolve;
    this.#reject = reject;
    this.begin();
  }

  /** Begins to wait. A cancel that the task has not met yet ends the wait at once. */
  protected park(): void {
    this.status = PENDING;
    const scope = this.scope;
    if (scope === null) return;
    this.below = scope.currentWait;
    if (this.below !== null) this.below.above = this;
    scope.currentWait = this;
    scope.waitCount++;
    if (this.loop.debug) this.#site = new Error("waits here");
    const task = scope.owner();
    if (task === null) return;
    if (taskSuspended.hasSubscribers) taskSuspended.publish({ task, on: this });
    if (task.mustCancel && this.cancel(task.cancelMessage)) task.mustCancel = false;
    else if (task.abandoned) this.cancel(task.cancelMessage);
  }

  /** @internal Where it waits, in debug mode the lines of a stack. */
  where(): string {
    return this.#site?.stack?.split("\n").slice(1).join("\n") ?? `waiting for ${this.name}`;
  }

  /** Makes a parked operation go on in a later turn; false if it was woken or cancelled before. */
  wake(): boolean {
    if (this.status !== PENDING) return false;
    this.status = WOKEN;
    this.loop.push(this);
    return true;
  }

  /** Asks a parked operation to end with a CancelledError; false if it is too late for that. */
  cancel(message: string | undefined): boolean {
    if (this.status !== PENDING) return false;
    this.status = CANCELLED;
    this.message = message;
    this.letGo();
    this.loop.push(this);
    return true;
  }

  run(): Running {
    const scope = this.scope;
    if (scope !== null) {
      this.unpark(scope);
      const task = scope.owner();
      if (task !== null) {
        if (taskResumed.hasSubscribers) taskResumed.publish({ task, on: this });
        if (task.mustCancel) {
          task.mustCancel = false;
          if (this.status !== CANCELLED) this.message = task.cancelMessage;
          return this.giveUp();
        }
      }
    }
    return this.status === CANCELLED ? this.giveUp() : this.resume();
  }

  protected giveUp(): Running {
    this.passOn(this.status === WOKEN);
    return this.fail(this.cancellation());
  }

  protected unpark(scope: Scope): void {
    const { above, below } = this;
    if (above !== null) above.below = below;
    else if (scope.currentWait === this) scope.currentWait = below;
    if (below !== null) below.above = above;
    this.above = this.below = null;
  }

  protected finish(value: T): Running {
    this.status = FINISHED;
    const resolve = this.#resolve;
    if (resolve !== null) {
      this.#resolve = this.#reject = null;
      resolve(value);
      return this.scope ?? true;
    }
    this.scope?.owner()?.finish(value);
    return false;
  }

  protected fail(error: unknown): Running {
    this.status = FINISHED;
    const reject = this.#reject;
    if (reject !== null) {
      this.#resolve = this.#reject = null;
      reject(error);
      return this.scope ?? true;
    }
    this.scope?.owner()?.fail(error);
    return false;
  }
}

/**
 * Cancels all that a scope waits for; false if nothing could be. What waits for the end of another scope passes it on:
 * here, because calls may be nested as deep as the stack allows.
 */
export function cancelWaits(scope: Scope, message: string | undefined): boolean {
  let any = false;
  const scopes = [scope];
  for (let at = scopes.pop(); at !== undefined; at = scopes.pop()) {
    for (let wait = at.currentWait; wait !== null; wait = wait.below) {
      if (wait.within !== null) scopes.push(wait.within);
      else if (wait.cancel(message)) any = true;
    }
  }
  return any;
}
