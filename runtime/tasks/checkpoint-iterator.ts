import { CancelledError } from "../core/errors.ts";
import { checkpoint } from "./checkpoint.ts";

/**
 * An iterable whose every step is a checkpoint: `for await (const x of checkpointIterator(source))`. Takes sync and
 * async iterables; leaving the loop early calls the source's `return`.
 *
 * @throws TypeError if the source is not iterable.
 */
export function checkpointIterator<T>(source: AsyncIterable<T> | Iterable<T | PromiseLike<T>>): AsyncIterable<T> {
  return { [Symbol.asyncIterator]: () => steps(source) };
}

function steps<T>(source: AsyncIterable<T> | Iterable<T | PromiseLike<T>>): AsyncIterator<T> {
  const isAsync = Symbol.asyncIterator in source && source[Symbol.asyncIterator] !== undefined;
  const iterator: AsyncIterator<T> | Iterator<T | PromiseLike<T>> = isAsync
    ? (source as AsyncIterable<T>)[Symbol.asyncIterator]()
    : (source as Iterable<T | PromiseLike<T>>)[Symbol.iterator]();
  const settle = async (step: unknown): Promise<IteratorResult<T>> => {
    const result = (await checkpoint(step)) as IteratorResult<T | PromiseLike<T>>;
    if (isAsync || result.done === true) return result as IteratorResult<T>;
    return { done: false, value: (await checkpoint(result.value)) as T };
  };
  return {
    next: async (...args) => {
      try {
        return await settle(iterator.next(...(args as [])));
      } catch (error) {
        // Abandoned by a cancel, the source may still be at work: it ends as soon as it can.
        if (error instanceof CancelledError) Promise.resolve(iterator.return?.(undefined)).catch(() => {});
        throw error;
      }
    },
    return: async (value) => {
      if (iterator.return === undefined) return { done: true, value: undefined };
      return settle(iterator.return(value));
    },
  };
}
