import { test } from "vitest";
import { sleep } from "../../../runtime/index.ts";
import { virtually } from "../virtually.ts";

export { failure } from "../virtually.ts";

/**
 * One test of CPython 3.13's `test_asyncio`, in our own words: its name there, the behaviour, and a program that shows
 * it, run on a virtual clock.
 */
export const port = (cpython: string, behaviour: string, body: () => unknown): void =>
  test(`${cpython}: ${behaviour}`, () => virtually(body));

/** The same for a behaviour outside of any loop. */
export const portOutside = (cpython: string, behaviour: string, body: () => unknown): void =>
  test(`${cpython}: ${behaviour}`, async () => {
    await body();
  });

/** Lets all others run `n` times. */
export async function turns(n = 1): Promise<void> {
  for (let i = 0; i < n; i++) await sleep(0);
}

/** What a crash in a test throws: it is none of the runtime's own errors. */
export class ZeroDivisionError extends Error {}

export const crash = (): never => {
  throw new ZeroDivisionError("division by zero");
};

/** The classes of the errors in a group. */
export const kinds = (group: unknown): unknown[] =>
  (group as AggregateError).errors.map((error: object) => error.constructor);

/** Whether two collections have the same members, by identity: `toEqual` would take any two tasks for the same. */
export const sameMembers = (actual: Iterable<unknown>, expected: Iterable<unknown>): boolean => {
  const [left, right] = [new Set(actual), new Set(expected)];
  return left.size === right.size && left.isSubsetOf(right);
};
