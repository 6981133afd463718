// The single-purpose packages people reach for: async-mutex (lock), p-limit (semaphore), p-queue (queue of jobs),
// p-timeout (timeout). None of them stops the work it gives up on.
const sleep0 = () => new Promise((resolve) => setImmediate(resolve));
const times = (n, f) => Array.from({ length: n }, f);

export default async (load) => {
  const { Mutex } = await load("async-mutex");
  const { default: pLimit } = await load("p-limit");
  const { default: PQueue } = await load("p-queue");
  const { default: pTimeout } = await load("p-timeout");
  return {
    cases: {
      async lock_free(n) {
        const m = new Mutex();
        for (let i = 0; i < n; i++) (await m.acquire())();
      },
      async lock_contended(n) {
        const m = new Mutex();
        await Promise.all(
          times(100, async () => {
            for (let i = 0; i < n / 100; i++) await m.runExclusive(sleep0);
          }),
        );
      },
      async semaphore(n) {
        const limit = pLimit(10);
        await Promise.all(
          times(1000, async () => {
            for (let i = 0; i < n / 1000; i++) await limit(sleep0);
          }),
        );
      },
      async queue(n) {
        const q = new PQueue({ concurrency: 1 });
        for (let i = 0; i < n; i++) {
          await q.onSizeLessThan(100);
          q.add(async () => i);
        }
        await q.onIdle();
      },
      async timeout(n) {
        for (let i = 0; i < n; i++) await pTimeout(sleep0(), { milliseconds: 10_000 });
      },
    },
  };
};
