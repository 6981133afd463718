import { callBody } from "../tasks/promise-wait.ts";

/** What `acquire` returns: `using held = await lock.acquire()` releases at the end of the block. */
export class Held implements Disposable {
  readonly #owner: { release(): void };
  /** @internal The same as a settled promise, which is what an acquire that need not wait returns. */
  readonly granted: Promise<Held>;

  constructor(owner: { release(): void }) {
    this.#owner = owner;
    this.granted = Promise.resolve(this);
  }

  [Symbol.dispose](): void {
    this.#owner.release();
  }
}

/** @internal Acquires, runs `fn`, releases: the `async with` of locks. */
export async function holding<T>(
  lock: { acquire(): Promise<unknown>; release(): void },
  fn: () => T | PromiseLike<T>,
): Promise<T> {
  await lock.acquire();
  try {
    return await callBody(fn, []);
  } finally {
    lock.release();
  }
}
