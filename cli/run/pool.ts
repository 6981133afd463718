// Several jobs at once, and no more.

/** Runs the jobs, at most `limit` at the same time, and returns their results in the jobs' order. */
export async function runPool<T>(limit: number, jobs: readonly (() => Promise<T>)[]): Promise<T[]> {
  const results: T[] = [];
  const queue = jobs.entries();
  // All workers take from the same iterator.
  const worker = async () => {
    for (const [index, job] of queue) results[index] = await job();
  };
  await Promise.all(Array.from({ length: Math.min(limit, jobs.length) }, worker));
  return results;
}

/** Does work when its turn has come. */
export type TakeTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** At any time. */
export const always: TakeTurn = (work) => work();

/** Turns for what should not all be done at once; who takes longer than so many seconds lets the next one begin. */
export function turns(atOnce: number, longest: number): TakeTurn {
  const waiting: (() => void)[] = [];
  let free = atOnce;
  const end = (): void => {
    const next = waiting.shift();
    if (next) next();
    else free++;
  };
  return async (work) => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    let ended = false;
    const endOnce = (): void => {
      if (!ended) end();
      ended = true;
    };
    const timer = setTimeout(endOnce, longest * 1000);
    try {
      return await work();
    } finally {
      clearTimeout(timer);
      endOnce();
    }
  };
}
