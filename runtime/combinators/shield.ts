import type { Handle } from "../core/roles.ts";
import { ensureFuture } from "../tasks/create-task.ts";
import type { Future } from "../tasks/future.ts";
import { JointFuture } from "../tasks/joint-future.ts";
import type { AwaitableLike } from "../tasks/task.ts";

class InnerDone<T> implements Handle {
  readonly #inner: Future<T>;
  readonly #outer: Future<T>;

  constructor(inner: Future<T>, outer: Future<T>) {
    this.#inner = inner;
    this.#outer = outer;
  }

  run(): boolean {
    const [inner, outer] = [this.#inner, this.#outer];
    if (outer.cancelled()) inner.forgive();
    else if (inner.cancelled()) outer.cancel();
    else {
      const error = inner.exception();
      if (error === null) outer.setResult(inner.result());
      else outer.setException(error);
    }
    return false;
  }
}

class OuterDone<T> implements Handle {
  readonly #inner: Future<T>;
  readonly #innerDone: Handle;

  constructor(inner: Future<T>, innerDone: Handle) {
    this.#inner = inner;
    this.#innerDone = innerDone;
  }

  run(): boolean {
    if (!this.#inner.done()) this.#inner.forget(this.#innerDone);
    return false;
  }
}

/**
 * Protects an awaitable from the cancellation of who awaits it: the waiting task gets its CancelledError, the
 * shielded one runs on. Keep a reference to a task that you shield if you want its result.
 *
 * @example
 * const saving = createTask(save());
 * await shield(saving);
 */
export function shield<T>(source: AwaitableLike<T>): Future<Awaited<T>> {
  const inner = ensureFuture(source);
  if (inner.done()) return inner;
  const outer = new JointFuture<Awaited<T>>([inner], inner.loop);
  const innerDone = new InnerDone(inner, outer);
  inner.notify(innerDone);
  outer.notify(new OuterDone(inner, innerDone));
  return outer;
}
