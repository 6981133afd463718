// Any library with asyncio's names in camelCase. Name it in the environment: LIB=loopbook, or LIB=./path/to/index.mjs.
// `coroutine(fn)`, where the library has it, makes calls cold (they run when awaited or made a task).
const times = (n, f) => Array.from({ length: n }, f);

export default async (load) => {
  const lib = await load(process.env.LIB ?? "loopbook");
  const { createTask, gather, sleep, run, timeout, Lock, Queue, Semaphore, coroutine = (f) => f } = lib;
  const trivial = coroutine(async () => 1);
  return {
    start: run && ((main) => run(coroutine(main)())),
    cases: {
      async await_coro(n) {
        for (let i = 0; i < n; i++) await trivial();
      },
      async await_task(n) {
        for (let i = 0; i < n; i++) await createTask(trivial());
      },
      async gather_sleep0(n) {
        for (let i = 0; i < n / 10_000; i++) await gather(...times(10_000, () => sleep(0)));
      },
      async sleep0_loop(n) {
        for (let i = 0; i < n; i++) await sleep(0);
      },
      async lock_free(n) {
        const l = new Lock();
        for (let i = 0; i < n; i++) {
          await l.acquire();
          l.release();
        }
      },
      async lock_contended(n) {
        const l = new Lock();
        const worker = coroutine(async () => {
          for (let i = 0; i < n / 100; i++) {
            await l.acquire();
            try {
              await sleep(0);
            } finally {
              l.release();
            }
          }
        });
        await gather(...times(100, () => worker()));
      },
      async semaphore(n) {
        const s = new Semaphore(10);
        const worker = coroutine(async () => {
          for (let i = 0; i < n / 1000; i++) {
            await s.acquire();
            try {
              await sleep(0);
            } finally {
              s.release();
            }
          }
        });
        await gather(...times(1000, () => worker()));
      },
      async queue(n) {
        const q = new Queue(100);
        const produce = coroutine(async () => {
          for (let i = 0; i < n; i++) await q.put(i);
        });
        const consume = coroutine(async () => {
          for (let i = 0; i < n; i++) await q.get();
        });
        await gather(produce(), consume());
      },
      timeout:
        timeout &&
        (async (n) => {
          for (let i = 0; i < n; i++) {
            await using _ = timeout(10);
            await sleep(0);
          }
        }),
      async cancel(n) {
        for (let i = 0; i < n / 10_000; i++) {
          const tasks = times(10_000, () => createTask(sleep(1000)));
          await sleep(0);
          for (const t of tasks) t.cancel();
          await Promise.allSettled(tasks);
        }
      },
      async sleepers(n) {
        await gather(...times(n, () => sleep(1)));
      },
    },
  };
};
