// effection: generators. It has no lock, semaphore or bounded queue; sleep(0) is setTimeout(0), at least 1 ms.
const times = (n, f) => Array.from({ length: n }, f);

export default async (load) => {
  const { all, createQueue, race, run, sleep, spawn } = await load("effection");
  function* trivial() {
    return 1;
  }
  return {
    start: (main) => run(main),
    cases: {
      *await_coro(n) {
        for (let i = 0; i < n; i++) yield* trivial();
      },
      *await_task(n) {
        for (let i = 0; i < n; i++) yield* yield* spawn(trivial);
      },
      *gather_sleep0(n) {
        for (let i = 0; i < n / 10_000; i++) yield* all(times(10_000, () => sleep(0)));
      },
      *sleep0_loop(n) {
        for (let i = 0; i < n; i++) yield* sleep(0);
      },
      *queue(n) {
        // unbounded
        const q = createQueue();
        const consumer = yield* spawn(function* () {
          for (let i = 0; i < n; i++) yield* q.next();
        });
        for (let i = 0; i < n; i++) q.add(i);
        yield* consumer;
      },
      *timeout(n) {
        for (let i = 0; i < n; i++) yield* race([sleep(0), sleep(10_000)]);
      },
      *cancel(n) {
        for (let i = 0; i < n / 10_000; i++) {
          const tasks = [];
          for (let j = 0; j < 10_000; j++) tasks.push(yield* spawn(() => sleep(1e6)));
          yield* sleep(0);
          for (const t of tasks) yield* t.halt();
        }
      },
      *sleepers(n) {
        yield* all(times(n, () => sleep(1000)));
      },
    },
  };
};
