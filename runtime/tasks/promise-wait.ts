import { Awaitable } from "../core/awaitable.ts";
import { taskResumed } from "../core/channels.ts";
import { cancelWaits, Operation, PENDING } from "../core/operation.ts";
import type { Running, Scope } from "../core/roles.ts";
import { storage } from "../core/running.ts";
import { type HotScope, scopeOf } from "./async-scope.ts";

/** A wait that ends as a promise settles, in that promise's own microtask. */
export abstract class SettlementWait<T> extends Operation<T> {
  get name(): string {
    return "promise";
  }

  /** It begins. What an async call waits for counts by itself; the outside is known by its waits only. */
  protected listens(): void {
    this.#count(1);
    this.park();
  }

  #count(by: 1 | -1): void {
    if (this.within !== null) return;
    this.loop.outsideWaits += by;
    this.loop.outsideEvents++;
  }

  /** The promise has settled; false if that comes too late, after a cancel. */
  protected settled(): boolean {
    this.#count(-1);
    if (this.status !== PENDING) return false;
    const { scope } = this;
    if (scope === null) return true;
    this.unpark(scope);
    if (taskResumed.hasSubscribers) {
      const task = scope.owner();
      if (task !== null) taskResumed.publish({ task, on: this });
    }
    return true;
  }

  protected resume(): Running {
    return false;
  }
}

/**
 * The wait for a promise of the outside. A cancel abandons the promise at once; if it is that of an async call, the cancel
 * goes to what that call waits for, and the wait goes on until its clean-up is over.
 */
export class PromiseWait<T> extends SettlementWait<T> {
  readonly #promise: Promise<T>;
  readonly #inner: HotScope | null;

  constructor(promise: PromiseLike<T>) {
    super();
    // Another thenable may call back at once; `await` would not let it.
    this.#promise = promise instanceof Promise ? promise : Promise.resolve(promise);
    this.#inner = scopeOf(promise);
  }

  protected begin(): void {
    if (this.#inner !== null && this.scope !== null) this.#inner.adopt(this.scope);
    this.#promise.then(
      (value) => void (this.settled() && this.finish(value)),
      (error) => void (this.settled() && this.fail(error)),
    );
    this.listens();
  }

  override get within(): Scope | null {
    return this.#inner;
  }

  override cancel(message: string | undefined): boolean {
    return this.#inner === null ? super.cancel(message) : cancelWaits(this.#inner, message);
  }
}

/**
 * The wait for what a function of the user returned, in the scope in which that function runs. If the function has
 * awaited something of the runtime since, it is a body whose clean-up a cancel waits for; otherwise its promise is a
 * foreign one (`() => fetch(url)`) and is abandoned.
 */
class BodyWait<T> extends PromiseWait<T> {
  readonly #before: number;
  readonly #whole: boolean;

  /** `before`: the waits of the scope before the function was called. `whole`: the body is all that its task does. */
  constructor(promise: PromiseLike<T>, before: number, whole: boolean) {
    super(promise);
    this.#before = before;
    this.#whole = whole;
  }

  override cancel(message: string | undefined): boolean {
    const { scope } = this;
    const isBody = scope === null || scope.waitCount > this.#before + 1;
    if (isBody || !super.cancel(message)) return false;
    const task = scope.owner();
    if (task !== null && this.#whole) task.abandoned = true;
    return true;
  }
}

const AsyncFunction = (async () => {}).constructor;
const isAsyncFunction = (fn: unknown): boolean => fn instanceof AsyncFunction;

/** What `await` should be given for the result of `fn`, always a promise; `before`: the scope's waits before the call. */
export function bodyPromise<T>(fn: unknown, result: T | PromiseLike<T>, before: number): Promise<T> {
  if (result instanceof Promise && isAsyncFunction(fn) && scopeOf(result) === null) return result;
  const body = bodyOf(fn, result, before, false);
  return body instanceof Promise || body instanceof Awaitable ? body : Promise.resolve(body);
}

/** Calls a function of the user in the current scope; gives what `await` should be given for its result. */
export function callBody<A extends readonly unknown[], T>(
  fn: (...args: A) => T | PromiseLike<T>,
  args: A,
  whole = false,
): T | PromiseLike<T> {
  const before = storage.getStore()?.waitCount ?? 0;
  return bodyOf(fn, fn(...args), before, whole);
}

function bodyOf<T>(fn: unknown, result: T | PromiseLike<T>, before: number, whole: boolean): T | PromiseLike<T> {
  if (result instanceof Awaitable || !isThenable(result)) return result;
  const inner = scopeOf(result);
  if (inner === null && isAsyncFunction(fn)) return result;
  const scope = storage.getStore();
  if (scope === undefined) return result;
  const wait = inner === null ? new BodyWait<T>(result, before, whole) : new PromiseWait<T>(result);
  return new Promise<T>((resolve, reject) => wait.start(scope, scope.loop, resolve, reject));
}

/** Whether `await` would call its `then`. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    ((typeof value === "object" && value !== null) || typeof value === "function") &&
    typeof (value as { then?: unknown }).then === "function"
  );
}
