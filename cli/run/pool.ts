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
