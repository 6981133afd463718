import { findRunningLoop } from "../core/running.ts";
import { Coroutine } from "../tasks/coroutine.ts";
import { callBody } from "../tasks/promise-wait.ts";

const seconds = (): number => findRunningLoop()?.time() ?? performance.now() / 1000;

async function measured<T>(label: string, fn: () => T | PromiseLike<T>): Promise<T> {
  const start = seconds();
  try {
    return await callBody(fn, []);
  } finally {
    console.log(`${label}: ${(seconds() - start).toFixed(2)}s`);
  }
}

/**
 * Runs `fn`, prints `label: 1.50s`, the time on the loop's clock that it took, and returns its result.
 *
 * @example
 * const pages = await timed("Concurrent", () => gather(...urls.map(get)));
 */
export function timed<T>(label: string, fn: () => T | PromiseLike<T>): Promise<T> {
  return new Coroutine<T>("timed", measured<T>, [label, fn]);
}
