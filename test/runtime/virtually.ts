import { type AwaitableLike, run } from "../../runtime/index.ts";
import { VirtualClock } from "../../runtime/testing.ts";

/** Runs a program on a virtual clock. */
export const virtually = <T>(main: AwaitableLike<T>): Promise<Awaited<T>> => run(main, { clock: new VirtualClock() });

/** What the promise was rejected with; fails if it was not. */
export async function failure(promise: PromiseLike<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("it did not fail");
}
