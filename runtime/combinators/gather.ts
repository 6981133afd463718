import type { AsyncResource } from "node:async_hooks";
import { cancelledError } from "../core/errors.ts";
import type { Handle, Loop } from "../core/roles.ts";
import { runningLoop, storage } from "../core/running.ts";
import { ensureFuture } from "../tasks/create-task.ts";
import { Future } from "../tasks/future.ts";
import type { AwaitableLike } from "../tasks/task.ts";

/** What awaiting this gives, or what a function's result gives. */
type ResultOf<A> = A extends () => infer R ? Awaited<R> : Awaited<A>;
export type ResultsOf<A extends readonly unknown[]> = { -readonly [I in keyof A]: ResultOf<A[I]> };
export type SettledOf<A extends readonly unknown[]> = { -readonly [I in keyof A]: ResultOf<A[I]> | Error };

export interface GatherOptions {
  /** Errors become results, in their place, instead of ending the gather. */
  returnExceptions: boolean;
}

/** The future of `gather`: cancelling it cancels all children. */
class GatheringFuture<T> extends Future<T> {
  children: Future[] = [];
  left = 0;
  readonly returnExceptions: boolean;
  readonly #resource = storage.getStore()?.resource ?? null;
  #cancelRequested = false;

  constructor(loop: Loop, returnExceptions: boolean) {
    super(loop);
    this.returnExceptions = returnExceptions;
  }

  override cancel(message?: string): boolean {
    if (this.done()) return super.cancel(message);
    let any = false;
    for (const child of this.children) if (child.cancel(message)) any = true;
    if (any) this.#cancelRequested = true;
    return any;
  }

  override get resource(): AsyncResource | null {
    return this.#resource;
  }

  override parts(): Iterable<Future> {
    return this.children;
  }

  childDone(child: Future): void {
    this.left--;
    if (this.done()) {
      child.forgive();
      return;
    }
    if (!this.returnExceptions && (child.cancelled() || child.failed)) {
      this.setException(child.takeError());
      return;
    }
    if (this.left > 0) return;
    if (this.#cancelRequested) {
      this.setException(child.cancelled() ? child.takeError() : cancelledError(undefined));
      return;
    }
    this.setResult(this.children.map(outcome) as T);
  }
}
Object.defineProperty(GatheringFuture, "name", { value: "_GatheringFuture" });

function outcome(child: Future): unknown {
  try {
    return child.result();
  } catch (error) {
    return error;
  }
}

class ChildDone implements Handle {
  readonly #outer: GatheringFuture<unknown>;
  readonly #child: Future;

  constructor(outer: GatheringFuture<unknown>, child: Future) {
    this.#outer = outer;
    this.#child = child;
  }

  run(): boolean {
    this.#outer.childDone(this.#child);
    return false;
  }
}

const isOptions = (value: unknown): value is GatherOptions =>
  typeof value === "object" && value !== null && !("then" in value) && Object.hasOwn(value, "returnExceptions");

/**
 * Runs awaitables concurrently; a future of their results, in the order of the arguments. The first error is thrown at
 * once, while the others run on; with `{ returnExceptions: true }` as the last argument errors are results. Cancelling
 * it cancels all that are not done.
 *
 * @example
 * const [user, posts] = await gather(fetchUser(), fetchPosts());
 * const results = await gather(...urls.map(get), { returnExceptions: true });
 */
export function gather<const A extends readonly AwaitableLike[]>(
  ...args: [...aws: A, options: { returnExceptions: true }]
): Future<SettledOf<A>>;
export function gather<const A extends readonly AwaitableLike[]>(
  ...args: [...aws: A, options: { returnExceptions: false }]
): Future<ResultsOf<A>>;
export function gather<const A extends readonly AwaitableLike[]>(...aws: A): Future<ResultsOf<A>>;
export function gather(...args: readonly unknown[]): Future<unknown> {
  const loop = runningLoop();
  const last = args.at(-1);
  const options = isOptions(last) ? last : { returnExceptions: false };
  const aws = (last === options ? args.slice(0, -1) : args) as readonly AwaitableLike[];
  const outer = new GatheringFuture<unknown>(loop, options.returnExceptions);
  if (aws.length === 0) {
    outer.setResult([]);
    return outer;
  }
  const children: Future[] = new Array(aws.length);
  const seen = new Map<AwaitableLike, Future>();
  const done: Future[] = [];
  for (let i = 0; i < aws.length; i++) {
    const aw = aws[i] as AwaitableLike;
    let child = seen.get(aw);
    if (child === undefined) {
      child = ensureFuture(aw, loop);
      if (typeof aw !== "function") seen.set(aw, child);
      outer.left++;
      if (child.done()) done.push(child);
      else child.notify(new ChildDone(outer, child));
    }
    children[i] = child;
  }
  outer.children = children;
  for (const child of done) outer.childDone(child);
  return outer;
}
