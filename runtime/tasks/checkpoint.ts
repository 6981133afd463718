import { Awaitable } from "../core/awaitable.ts";
import type { Scope } from "../core/roles.ts";
import { storage } from "../core/running.ts";
import { isThenable, PromiseWait } from "./promise-wait.ts";

let interrupted: (() => unknown) | null = null;

/**
 * @internal Lets a host stop loops of microtasks: every checkpoint calls `check` and throws what it returns, unless that is
 * undefined. Keep it cheap (read an Int32Array).
 */
export function setInterruptCheck(check: (() => unknown) | null): void {
  interrupted = check;
}

/** @internal What an await is to throw at once, because the host says so; undefined: nothing. */
export const interruption = (): unknown => (interrupted === null ? undefined : interrupted());

/**
 * Makes the await of any promise a point where the current task can be cancelled: on a cancel the promise is abandoned
 * and a CancelledError thrown at once. Awaitables of the runtime are such points by themselves and come back as they
 * are, as does everything outside a task.
 *
 * @example
 * const response = await checkpoint(fetch(url));
 */
export function checkpoint<T>(value: T): T | Promise<Awaited<T>> {
  const error = interruption();
  if (error !== undefined) throw error;
  return checkpointOf(value, storage.getStore());
}

/** @internal As `checkpoint`, in a scope that is named, and without the host's check. */
export function checkpointOf<T>(value: T, scope: Scope | undefined): T | Promise<Awaited<T>> {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return value;
  if (scope === undefined || value instanceof Awaitable) return value;
  if (!(value instanceof Promise) && !isThenable(value)) return value;
  const wait = new PromiseWait<Awaited<T>>(value as PromiseLike<Awaited<T>>);
  return new Promise((resolve, reject) => wait.start(scope, scope.loop, resolve, reject));
}
