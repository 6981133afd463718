/**
 * What an async function of a host's code returns: JavaScript awaits that too, when the function has ended. A host that compiles
 * code rewrites `return x` to `return returning(call, x)`.
 */
import { Awaitable, type Reject, type Resolve } from "../core/awaitable.ts";
import type { Scope } from "../core/roles.ts";
import { scopeOf } from "../tasks/async-scope.ts";
import { SettlementWait } from "../tasks/promise-wait.ts";
import { CallWait } from "./call-wait.ts";
import { Run } from "./run.ts";

const { then } = Promise.prototype;

/**
 * The same value; a promise so that a cancel of the call reaches it. `run`: as for `awaiting`, or the promise of the call, of a
 * function that does not await; null if nobody knows it.
 */
export function returning(run: Run | Promise<unknown> | null, value: unknown, name?: string): unknown {
  if (run === null || typeof value !== "object" || value === null) return value;
  try {
    if (!(value instanceof Promise) && !(value instanceof Awaitable)) return value;
    const scope = (run instanceof Run ? run : new Run(true, run)).returns(name);
    return scope === undefined ? value : new Returned(value, scope);
  } catch {
    return value;
  }
}

/** Stands for a promise: is asked for it in the same microtask, and hands on what the engine gives. */
class Returned implements PromiseLike<unknown> {
  readonly #promise: Promise<unknown> | Awaitable<unknown>;
  readonly #scope: Scope;

  constructor(promise: Promise<unknown> | Awaitable<unknown>, scope: Scope) {
    this.#promise = promise;
    this.#scope = scope;
  }

  then(resolve: unknown, reject: unknown): never {
    const [promise, scope] = [this.#promise, this.#scope];
    const [fulfil, fail] = [resolve as Resolve<unknown>, reject as Reject];
    if (promise instanceof Awaitable) promise.suspend(fulfil, fail, scope);
    else {
      const inner = scopeOf(promise);
      if (inner === null) new ReturnWait().hands(promise, fulfil, fail, scope);
      else {
        new CallWait().for(inner, scope);
        promise.then(fulfil, fail);
      }
    }
    return undefined as never;
  }
}

/** The wait for a promise of the outside that was returned. */
class ReturnWait extends SettlementWait<unknown> {
  /** The engine's own functions settle the call, so that its stacks go on from one to the next. */
  hands(promise: Promise<unknown>, resolve: Resolve<unknown>, reject: Reject, scope: Scope): void {
    this.start(scope, scope.loop, resolve, reject);
    then.call(promise.then(resolve, reject), () => void this.settled());
  }

  protected begin(): void {
    this.listens();
  }
}
