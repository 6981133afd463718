/**
 * What the awaits of a host's code become: points where its task can be cancelled. A host that compiles code rewrites
 * `await x` to
 *
 *     awaitedValue(settled(await awaiting(x, run), run) ?? await pending(run))
 *
 * where `run` is `thisCall()`, asked for at the start of the function; without it, the code is the top level of a cell.
 */
import { Awaitable, type Resolve } from "../core/awaitable.ts";
import type { Scope } from "../core/roles.ts";
import { type HotScope, unclaimedScopeOf } from "../tasks/async-scope.ts";
import { interruption } from "../tasks/checkpoint.ts";
import { isThenable } from "../tasks/promise-wait.ts";
import { Outcome } from "./outcome.ts";
import { FINDING_OUT, OUTCOME, PLAIN, type Run, topLevelRun } from "./run.ts";

/** What the code awaits while it is found out whether a promise is settled: it goes on behind what a settled one has set going. */
const soon = Promise.resolve();
/** The outcome of an await that JavaScript has done by itself. */
const plain = new Outcome(false, undefined);

let onRejection: ((error: unknown, above: (...args: never[]) => unknown) => void) | null = null;

/** Tells a host of each error that an await throws, while the code is on the stack: above the function that it is given. */
export function setRejectionListener(listener: typeof onRejection): void {
  onRejection = listener;
}

export function tellRejection(error: unknown, above: (...args: never[]) => unknown): void {
  onRejection?.(error, above);
}

const { resolve } = Promise;

/** `Type.resolve(value)`, to be awaited: the same, and cheaper where the value is what an await gives at once. */
export function resolved(Type: PromiseConstructor, value?: unknown): unknown {
  const isPlain = (typeof value !== "object" || value === null) && typeof value !== "function";
  return isPlain && Type === Promise && Type.resolve === resolve ? value : Type.resolve(value);
}

/**
 * What to await for a value. Where the stack is full, or a proxy fights back, that is the value: JavaScript's own await knows what to
 * do. So a promise is never left without anybody who awaits it.
 */
export function awaiting(value: unknown, run = topLevelRun(), name?: string): unknown {
  let error: unknown;
  try {
    error = interruption();
    if (error === undefined && run !== undefined) return prepared(value, run, name);
  } catch {
    if (run !== undefined) run.mode = PLAIN;
  }
  if (error !== undefined) throw error;
  return value;
}

function prepared(value: unknown, run: Run, name: string | undefined): unknown {
  run.mode = PLAIN;
  const scope = run.suspends(name);
  const isObject = (typeof value === "object" && value !== null) || typeof value === "function";
  if (!isObject || scope === undefined || run.hasFound(value as object)) return value;
  if (value instanceof Promise) {
    // A call of the host's own code belongs to who waits for it first, and is cancelled inside. To others it is any promise.
    const inner = unclaimedScopeOf(value);
    // What it has returned knows nothing of who waits: the error is to come through this code.
    if (inner === null || inner.returned) return findingOut(asPromise(value), inner, run, scope);
    run.awaitsCall(inner, scope);
    return value;
  }
  if (value instanceof Awaitable) {
    run.mode = OUTCOME;
    return new AwaitedIn(value, scope);
  }
  return isThenable(value) ? findingOut(Promise.resolve(value), null, run, scope) : value;
}

const asPromise = (value: Promise<unknown>): Promise<unknown> =>
  value.constructor === Promise ? value : Promise.resolve(value);

function findingOut(promise: Promise<unknown>, inner: HotScope | null, run: Run, scope: Scope): Promise<unknown> {
  const { settling } = run;
  const owner = scope.owner();
  inner?.adopt(scope);
  settling.follow(promise, inner);
  const isCancelled = owner !== null && (owner.mustCancel || owner.abandoned);
  run.mode = isCancelled ? OUTCOME : FINDING_OUT;
  return isCancelled ? settling.wait(scope) : soon;
}

/** The runtime's own awaitables suspend the code by themselves: in its name, and with their outcome as a value. */
class AwaitedIn implements PromiseLike<Outcome> {
  readonly #awaitable: Awaitable<unknown>;
  readonly #scope: Scope;

  constructor(awaitable: Awaitable<unknown>, scope: Scope) {
    this.#awaitable = awaitable;
    this.#scope = scope;
  }

  then(resolve: unknown): never {
    const done = resolve as Resolve<unknown>;
    // A value that is thenable itself is awaited as well.
    const fulfilled = (value: unknown) => done(isThenable(value) ? value : new Outcome(false, value));
    this.#awaitable.suspend(fulfilled, (error) => done(new Outcome(true, error)), this.#scope);
    return undefined as never;
  }
}

/** The outcome of an await; null if the promise is pending. */
export function settled(value: unknown, run = topLevelRun()): Outcome | null {
  if (run !== undefined) {
    run.goesOn();
    if (run.mode === FINDING_OUT) return run.settling.done ? run.settling : null;
    if (run.mode === OUTCOME && Outcome.is(value)) return value;
  }
  plain.value = value;
  return plain;
}

/** What to await next for a promise that is pending. */
export function pending(run = topLevelRun() as Run): Promise<Outcome> {
  return run.settling.wait(run.scope(undefined) as Scope);
}

/** The value of the await. Throws what the promise was rejected with. */
export function awaitedValue(outcome: Outcome): unknown {
  const { failed, value } = outcome;
  outcome.value = undefined;
  if (!failed) return value;
  tellRejection(value, awaitedValue);
  throw value;
}

/** In a `catch` or `finally`, and in the body of `for await`: the code goes on, by another way than an await's value. */
export function goesOn(run: Run): void {
  run.goesOn();
}

/** For a resource that is disposed of asynchronously: the end of its block awaits. */
export function holding<T>(value: T, run: Run, name?: string): T {
  run.suspends(name);
  return value;
}
