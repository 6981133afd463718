import { inspect } from "node:util";
import { CancelledError, RuntimeError, TimeoutError } from "../core/errors.ts";
import type { Handle, Timed } from "../core/roles.ts";
import { runningLoop } from "../core/running.ts";
import { Coroutine } from "../tasks/coroutine.ts";
import { taskHere } from "../tasks/create-task.ts";
import { callBody } from "../tasks/promise-wait.ts";
import type { Task } from "../tasks/task.ts";

export type TimeoutState = "created" | "active" | "expiring" | "expired" | "finished";

/** The entry of one deadline in the loop; a rescheduled timeout makes a new one. */
class Deadline implements Timed, Handle {
  readonly when: number;
  order = 0;
  index = -1;
  #timeout: Timeout | null;

  constructor(when: number, timeout: Timeout) {
    this.when = when;
    this.#timeout = timeout;
  }

  cancel(): void {
    this.#timeout = null;
  }

  run(): boolean {
    this.#timeout?.expire();
    return false;
  }
}

/**
 * A time limit on part of a task: when it passes, the task is cancelled, and at the end of the block that
 * cancellation becomes a TimeoutError. Made by `timeout` and `timeoutAt`.
 */
export class Timeout {
  #state: TimeoutState = "created";
  #when: number | null;
  #task: Task | null = null;
  #cancelling = 0;
  #deadline: Deadline | null = null;

  constructor(when: number | null) {
    this.#when = when;
  }

  get state(): TimeoutState {
    return this.#state;
  }

  /** The deadline on the loop's clock, in seconds; null for none. */
  when(): number | null {
    return this.#when;
  }

  /** Whether the time limit has passed. */
  expired(): boolean {
    return this.#state === "expiring" || this.#state === "expired";
  }

  /**
   * Moves the deadline to another time of the loop's clock; null takes it away.
   * @throws RuntimeError before the block is entered and after it has expired or ended.
   */
  reschedule(when: number | null): void {
    if (this.#state === "created") throw new RuntimeError("Timeout has not been entered");
    if (this.#state !== "active") throw new RuntimeError(`Cannot change state of ${this.#state} Timeout`);
    this.#when = when;
    this.#disarm();
    if (when === null) return;
    const loop = this.#task?.loop ?? runningLoop();
    this.#deadline = new Deadline(when, this);
    if (when <= loop.time()) loop.push(this.#deadline);
    else loop.addTimer(this.#deadline);
  }

  /** @internal */
  enter(): this {
    if (this.#state !== "created") throw new RuntimeError("Timeout has already been entered");
    const task = taskHere();
    if (task === null) throw new RuntimeError("Timeout should be used inside a task");
    this.#state = "active";
    this.#task = task;
    this.#cancelling = task.cancelling();
    this.reschedule(this.#when);
    return this;
  }

  /** @internal Ends the block; true if the CancelledError that left it (`cancelled`) is to be a TimeoutError. */
  exit(cancelled: boolean): boolean {
    this.#disarm();
    if (this.#state === "active") this.#state = "finished";
    if (this.#state !== "expiring") return false;
    this.#state = "expired";
    const ours = (this.#task?.uncancel() ?? 0) <= this.#cancelling;
    return ours && cancelled;
  }

  /** @internal */
  expire(): void {
    this.#state = "expiring";
    this.#deadline = null;
    this.#task?.cancel();
  }

  #disarm(): void {
    const deadline = this.#deadline;
    if (deadline === null) return;
    this.#deadline = null;
    deadline.cancel();
    this.#task?.loop.removeTimer(deadline);
  }

  /**
   * The end of a block of `using`. A disposer cannot see the error that left the block, so when the limit has passed
   * it throws a TimeoutError of its own, which JavaScript wraps with the CancelledError in a SuppressedError. The
   * form with a function, `timeout(1, async (t) => …)`, has a plain TimeoutError.
   */
  [Symbol.dispose](): void {
    if (this.exit(true)) throw new TimeoutError();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this[Symbol.dispose]();
  }

  [inspect.custom](): string {
    const when =
      this.#state === "active" ? ` when=${this.#when === null ? null : Math.round(this.#when * 1000) / 1000}` : "";
    return `<Timeout [${this.#state}]${when}>`;
  }
}

async function within<T>(limit: Timeout, fn: (limit: Timeout) => T | PromiseLike<T>): Promise<T> {
  limit.enter();
  let value: T;
  try {
    value = await callBody(fn, [limit]);
  } catch (error) {
    if (limit.exit(error instanceof CancelledError)) throw new TimeoutError("", { cause: error });
    throw error;
  }
  limit.exit(false);
  return value;
}

/**
 * Limits the time of a block to `delay` seconds (null: no limit): what runs in it is cancelled when the time has
 * passed, its clean-up is awaited, and the block throws TimeoutError.
 *
 * @throws TimeoutError; RuntimeError `Timeout should be used inside a task`
 * @example
 * const page = await timeout(3, async (t) => {
 *   const first = await checkpoint(fetch(url));
 *   t.reschedule(getRunningLoop().time() + 10);
 *   return first.text();
 * });
 */
export function timeout<T>(delay: number | null, fn: (limit: Timeout) => T | PromiseLike<T>): Promise<T>;
/** The same as a resource: `await using limit = timeout(3)`, entered at once. See `Timeout[Symbol.dispose]`. */
export function timeout(delay: number | null): Timeout;
export function timeout<T>(delay: number | null, fn?: (limit: Timeout) => T | PromiseLike<T>): Promise<T> | Timeout {
  const when = delay === null ? null : runningLoop().clock.after(delay);
  return fn === undefined ? timeoutAt(when) : timeoutAt(when, fn);
}

/** As `timeout`, with a deadline on the loop's clock, in seconds. */
export function timeoutAt<T>(when: number | null, fn: (limit: Timeout) => T | PromiseLike<T>): Promise<T>;
export function timeoutAt(when: number | null): Timeout;
export function timeoutAt<T>(when: number | null, fn?: (limit: Timeout) => T | PromiseLike<T>): Promise<T> | Timeout {
  const limit = new Timeout(when);
  return fn === undefined ? limit.enter() : new Coroutine<T>("timeout", within, [limit, fn]);
}
