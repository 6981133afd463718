// effect (v4): generators over its own fibers. sleep(0) is Effect.yieldNow.
const times = (n, f) => Array.from({ length: n }, f);

export default async (load) => {
  const { Effect, Fiber, Queue, Semaphore } = await load("effect");
  const trivial = Effect.fnUntraced(function* () {
    return 1;
  });
  const all = (xs) => Effect.all(xs, { concurrency: "unbounded", discard: true });
  const permits = (k, tasks) =>
    Effect.fnUntraced(function* (n) {
      const s = Semaphore.makeUnsafe(k);
      yield* all(
        times(tasks, () =>
          Effect.gen(function* () {
            for (let i = 0; i < n / tasks; i++) yield* s.withPermits(1)(Effect.yieldNow);
          }),
        ),
      );
    });
  const cases = {
    await_coro: Effect.fnUntraced(function* (n) {
      for (let i = 0; i < n; i++) yield* trivial();
    }),
    await_task: Effect.fnUntraced(function* (n) {
      for (let i = 0; i < n; i++) yield* Fiber.join(yield* Effect.forkChild(trivial()));
    }),
    gather_sleep0: Effect.fnUntraced(function* (n) {
      for (let i = 0; i < n / 10_000; i++) yield* all(times(10_000, () => Effect.yieldNow));
    }),
    sleep0_loop: Effect.fnUntraced(function* (n) {
      for (let i = 0; i < n; i++) yield* Effect.yieldNow;
    }),
    lock_free: Effect.fnUntraced(function* (n) {
      const s = Semaphore.makeUnsafe(1);
      for (let i = 0; i < n; i++) yield* s.withPermits(1)(Effect.void);
    }),
    lock_contended: permits(1, 100),
    semaphore: permits(10, 1000),
    queue: Effect.fnUntraced(function* (n) {
      const q = yield* Queue.bounded(100);
      yield* all([
        Effect.gen(function* () {
          for (let i = 0; i < n; i++) yield* Queue.offer(q, i);
        }),
        Effect.gen(function* () {
          for (let i = 0; i < n; i++) yield* Queue.take(q);
        }),
      ]);
    }),
    timeout: Effect.fnUntraced(function* (n) {
      for (let i = 0; i < n; i++) yield* Effect.timeout(Effect.yieldNow, 10_000);
    }),
    cancel: Effect.fnUntraced(function* (n) {
      for (let i = 0; i < n / 10_000; i++) {
        const fibers = [];
        for (let j = 0; j < 10_000; j++) fibers.push(yield* Effect.forkChild(Effect.sleep(1e6)));
        yield* Effect.yieldNow;
        yield* Fiber.interruptAll(fibers);
      }
    }),
    sleepers: Effect.fnUntraced(function* (n) {
      yield* all(times(n, () => Effect.sleep(1000)));
    }),
  };
  return { start: (main) => Effect.runPromise(main()), cases };
};
