import { Awaitable } from "../core/awaitable.ts";
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

/**
 * Makes the await of any promise a point where the current task can be cancelled: on a cancel the promise is abandoned
 * and a CancelledError thrown at once. Awaitables of the runtime are such points by themselves and come back as they
 * are, as does everything outside a task.
 *
 * @example
 * const response = await checkpoint(fetch(url));
 */
export function checkpoint<T>(value: T): T | Promise<Awaited<T>> {
  if (interrupted !== null) {
    const error = interrupted();
    if (error !== undefined) throw error;
  }
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return value;
  const scope = storage.getStore();
  if (scope === undefined || value instanceof Awaitable) return value;
  if (!(value instanceof Promise) && !isThenable(value)) return value;
  const wait = new PromiseWait<Awaited<T>>(value as PromiseLike<Awaited<T>>);
  return new Promise((resolve, reject) => wait.start(scope, scope.loop, resolve, reject));
}
