// What a careful programmer writes with bare promises: no tasks, no cancellation but AbortSignal. The floor.
import { setTimeout as delay } from "node:timers/promises";

const trivial = async () => 1;
const sleep0 = () => new Promise((resolve) => setImmediate(resolve));
const times = (n, f) => Array.from({ length: n }, f);

class Lock {
  // FIFO, direct hand-over
  #held = false;
  #waiters = [];
  acquire() {
    if (!this.#held) {
      this.#held = true;
      return;
    }
    return new Promise((resolve) => this.#waiters.push(resolve));
  }
  release() {
    if (this.#waiters.length) this.#waiters.shift()();
    else this.#held = false;
  }
}

export default () => ({
  cases: {
    async await_coro(n) {
      for (let i = 0; i < n; i++) await trivial();
    },
    async await_task(n) {
      for (let i = 0; i < n; i++) await Promise.resolve().then(trivial);
    },
    async gather_sleep0(n) {
      for (let i = 0; i < n / 10_000; i++) await Promise.all(times(10_000, sleep0));
    },
    async sleep0_loop(n) {
      for (let i = 0; i < n; i++) await sleep0();
    },
    async lock_free(n) {
      const lock = new Lock();
      for (let i = 0; i < n; i++) {
        await lock.acquire();
        lock.release();
      }
    },
    async lock_contended(n) {
      const lock = new Lock();
      await Promise.all(
        times(100, async () => {
          for (let i = 0; i < n / 100; i++) {
            await lock.acquire();
            try {
              await sleep0();
            } finally {
              lock.release();
            }
          }
        }),
      );
    },
    async timeout(n) {
      for (let i = 0; i < n; i++) {
        const abort = new AbortController();
        await Promise.race([sleep0(), delay(10_000, undefined, { signal: abort.signal }).catch(() => {})]);
        abort.abort();
      }
    },
    async cancel(n) {
      for (let i = 0; i < n / 10_000; i++) {
        const all = times(10_000, () => {
          const a = new AbortController();
          return [a, delay(1e6, undefined, { signal: a.signal })];
        });
        await sleep0();
        for (const [a] of all) a.abort();
        await Promise.allSettled(all.map(([, p]) => p));
      }
    },
    async sleepers(n) {
      await Promise.all(times(n, () => delay(1000)));
    },
  },
});
