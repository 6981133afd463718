import { CancelledError } from "../core/errors.ts";
import type { Scope } from "../core/roles.ts";
import { checkpointOf, interruption } from "../tasks/checkpoint.ts";
import { tellRejection } from "./await.ts";
import { topLevelRun } from "./run.ts";

type Source<T> = AsyncIterable<T> | Iterable<T | PromiseLike<T>>;

/**
 * What the `for await` and `yield*` of a host's code iterate: every step can be cancelled. Takes sync and async iterables; leaving
 * the loop early calls the source's `return`. `run`: as for `awaiting`.
 *
 * @throws TypeError if the source is not iterable.
 */
export function iterating<T>(source: Source<T>, run = topLevelRun(), name?: string): AsyncIterable<T> {
  return { [Symbol.asyncIterator]: () => steps(source, () => run?.suspends(name)) };
}

function steps<T>(source: Source<T>, scope: () => Scope | undefined): AsyncIterator<T> {
  const isAsync = Symbol.asyncIterator in source && source[Symbol.asyncIterator] !== undefined;
  const iterator: AsyncIterator<T> | Iterator<T | PromiseLike<T>> = isAsync
    ? (source as AsyncIterable<T>)[Symbol.asyncIterator]()
    : (source as Iterable<T | PromiseLike<T>>)[Symbol.iterator]();
  const checkpoint = (value: unknown): unknown => {
    const error = interruption();
    if (error !== undefined) throw error;
    return checkpointOf(value, scope());
  };
  const settle = async (step: unknown): Promise<IteratorResult<T>> => {
    const result = (await checkpoint(step)) as IteratorResult<T | PromiseLike<T>>;
    if (isAsync || result.done === true) return result as IteratorResult<T>;
    return { done: false, value: (await checkpoint(result.value)) as T };
  };
  async function next(...args: [] | [unknown]): Promise<IteratorResult<T>> {
    try {
      return await settle(iterator.next(...(args as [])));
    } catch (error) {
      // Abandoned by a cancel, the source may still be at work: it ends as soon as it can.
      if (error instanceof CancelledError) Promise.resolve(iterator.return?.(undefined)).catch(() => {});
      tellRejection(error, next);
      throw error;
    }
  }
  return {
    next,
    return: async (value) => {
      if (iterator.return === undefined) return { done: true, value: undefined };
      return settle(iterator.return(value));
    },
  };
}
