import type { AsyncResource } from "node:async_hooks";
import { inspect } from "node:util";
import { Awaitable, type Reject, type Resolve } from "../core/awaitable.ts";
import { cancelledError, InvalidStateError } from "../core/errors.ts";
import { forgetFailure, reportUnlessRetrieved } from "../core/reports.ts";
import type { Handle, Loop, Scope } from "../core/roles.ts";
import { runningLoop, storage } from "../core/running.ts";
import { CallbackHandle } from "./callback-handle.ts";
import { FutureWait } from "./future-wait.ts";

export type FutureState = "pending" | "finished" | "cancelled";

const PENDING = 0;
const DONE = 1;
const FAILED = 2;
const CANCELLED = 3;

/**
 * A result that will be there later, set by somebody else. Awaiting it suspends the task until then.
 *
 * @example
 * const answer = new Future<number>();
 * getRunningLoop().callLater(1, () => answer.setResult(42));
 * console.log(await answer); // 42, a second later
 */
export class Future<T = unknown> extends Awaitable<T> {
  /** @internal */ readonly loop: Loop;
  #state = PENDING;
  #value: T | undefined = undefined;
  #error: unknown = undefined;
  /** An error was set that nobody has read: a report is due. */
  #unread = false;
  #callbacks: Handle | Handle[] | null = null;
  #message: string | undefined = undefined;

  /** @throws RuntimeError `no running event loop` when made outside of one. */
  constructor(loop: Loop = runningLoop()) {
    super();
    this.loop = loop;
  }

  get state(): FutureState {
    return this.#state === PENDING ? "pending" : this.#state === CANCELLED ? "cancelled" : "finished";
  }

  /** True once there is a result or an error, or it was cancelled. */
  done(): boolean {
    return this.#state !== PENDING;
  }

  cancelled(): boolean {
    return this.#state === CANCELLED;
  }

  /**
   * The result.
   * @throws the error that was set; CancelledError; InvalidStateError `Result is not ready.`
   */
  result(): T {
    if (this.#state === DONE) return this.#value as T;
    if (this.#state === PENDING) throw new InvalidStateError("Result is not ready.");
    throw this.takeError();
  }

  /**
   * The error, or null if there is a result.
   * @throws CancelledError; InvalidStateError `Exception is not set.`
   */
  exception(): unknown {
    if (this.#state === DONE) return null;
    if (this.#state === PENDING) throw new InvalidStateError("Exception is not set.");
    const error = this.takeError();
    if (this.#state === CANCELLED) throw error;
    return error;
  }

  /** @throws InvalidStateError if it is done already. */
  setResult(value: T): void {
    if (this.#state !== PENDING) throw this.#alreadyDone();
    this.#state = DONE;
    this.#value = value;
    this.#announce();
  }

  /** @throws InvalidStateError if it is done already. */
  setException(error: unknown): void {
    if (this.#state !== PENDING) throw this.#alreadyDone();
    this.#state = FAILED;
    this.#error = error;
    this.#unread = true;
    this.#announce();
    reportUnlessRetrieved(this);
  }

  /** Cancels it: who awaits it gets a CancelledError. False if it was done. */
  cancel(message?: string): boolean {
    if (this.#unread) this.forgive();
    return this.settleCancelled(message, undefined);
  }

  /** Calls `fn(this)` in a turn of the loop after it is done. */
  addDoneCallback(fn: (future: this) => void): void {
    this.notify(new CallbackHandle(this.loop, fn as (...args: unknown[]) => void, [this]));
  }

  /** Removes all callbacks that were added with `fn`, and returns how many there were. */
  removeDoneCallback(fn: (future: this) => void): number {
    const all = this.#callbacks === null ? [] : Array.isArray(this.#callbacks) ? this.#callbacks : [this.#callbacks];
    const rest = all.filter((callback) => !(callback instanceof CallbackHandle && callback.calls(fn)));
    this.#callbacks = rest.length === 0 ? null : rest;
    return all.length - rest.length;
  }

  /** The loop that it belongs to. */
  getLoop(): Loop {
    return this.loop;
  }

  /** @internal */
  suspend(resolve: Resolve<T>, reject: Reject, scope = storage.getStore()): void {
    this.waitFor(scope ?? null, resolve, reject);
    if (scope !== undefined && this.#state === PENDING) scope.loop.suspended(scope);
  }

  /** @internal */
  observe(resolve: Resolve<T>, reject: Reject): void {
    this.waitFor(null, resolve, reject);
  }

  /** @internal */
  waitFor(scope: Scope | null, resolve: Resolve<T>, reject: Reject): void {
    if (this.#state === DONE) resolve(this.#value as T);
    else if (this.#state !== PENDING) reject(this.takeError());
    else new FutureWait(this).start(scope, scope?.loop ?? this.loop, resolve, reject);
  }

  /** @internal Puts the handle on the ready queue when this is done. */
  notify(handle: Handle): void {
    if (this.#state !== PENDING) this.loop.push(handle);
    else if (this.#callbacks === null) this.#callbacks = handle;
    else if (Array.isArray(this.#callbacks)) this.#callbacks.push(handle);
    else this.#callbacks = [this.#callbacks, handle];
  }

  /** @internal */
  forget(handle: Handle): void {
    if (this.#callbacks === handle) this.#callbacks = null;
    else if (Array.isArray(this.#callbacks)) {
      const at = this.#callbacks.indexOf(handle);
      if (at >= 0) this.#callbacks.splice(at, 1);
    }
  }

  /** @internal */
  settleCancelled(message: string | undefined, error: unknown): boolean {
    if (this.#state !== PENDING) return false;
    this.#state = CANCELLED;
    this.#message = message;
    this.#error = error;
    this.#announce();
    return true;
  }

  /** @internal The error that a reader gets; from then on it counts as retrieved. */
  takeError(): unknown {
    if (this.#state === CANCELLED) {
      const error = this.#error ?? cancelledError(this.#message);
      this.#error = undefined;
      return error;
    }
    this.forgive();
    return this.#error;
  }

  /** @internal The futures whose ends it waits for. */
  parts(): Iterable<Future> {
    return [];
  }

  /** @internal The error without reading it, for reports. */
  get failure(): unknown {
    return this.#error;
  }

  /** @internal Whether it ended with an error. */
  get failed(): boolean {
    return this.#state === FAILED;
  }

  /** @internal Whether an error was set that nobody read. */
  get unread(): boolean {
    return this.#unread;
  }

  /** @internal Its error needs no report. */
  forgive(): void {
    if (!this.#unread) return;
    this.#unread = false;
    forgetFailure(this);
  }

  /** @internal What a report is shown with. */
  get resource(): AsyncResource | null {
    return storage.getStore()?.resource ?? null;
  }

  #announce(): void {
    const callbacks = this.#callbacks;
    if (callbacks === null) return;
    this.#callbacks = null;
    if (Array.isArray(callbacks)) for (const callback of callbacks) this.loop.push(callback);
    else this.loop.push(callbacks);
  }

  #alreadyDone(): InvalidStateError {
    return new InvalidStateError(`${this.state.toUpperCase()}: ${inspect(this)}`);
  }

  /** @internal The state as it is printed. */
  protected label(): string {
    return this.state;
  }

  /** @internal */
  protected describe(): string {
    return "";
  }

  [inspect.custom](): string {
    const outcome =
      this.#state === DONE
        ? ` result=${inspect(this.#value, { depth: 0, breakLength: Infinity })}`
        : this.#state === FAILED
          ? ` exception=${Error.isError(this.#error) ? `${this.#error.name}(${inspect(this.#error.message)})` : inspect(this.#error)}`
          : "";
    return `<${this.constructor.name} ${this.label()}${this.describe()}${outcome}>`;
  }
}
Object.defineProperty(Future.prototype, Symbol.toStringTag, { value: "Future", configurable: true });
