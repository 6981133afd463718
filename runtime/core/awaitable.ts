import type { Scope } from "./roles.ts";

type Fulfilled<T, A> = ((value: T) => A | PromiseLike<A>) | null | undefined;
type Rejected<B> = ((reason: unknown) => B | PromiseLike<B>) | null | undefined;
/** @internal */
export type Resolve<T> = (value: T) => void;
/** @internal */
export type Reject = (reason: unknown) => void;

const source = Function.prototype.toString;
const nativeSource = source.call(Promise.withResolvers().resolve);
/** What `then` returns to an `await`, which never looks at it. */
const ignored: Promise<never> = new Promise(() => {});

/**
 * Whether these two are what the engine's own `await` hands to `then`. An await suspends the current task here and
 * makes it cancellable; a `then` with callbacks of the user only observes.
 */
function fromAwait(onFulfilled: unknown, onRejected: unknown): boolean {
  return (
    typeof onFulfilled === "function" &&
    typeof onRejected === "function" &&
    onFulfilled.name === "" &&
    source.call(onFulfilled) === nativeSource
  );
}

/** What every awaitable of the runtime is: a promise to the outside, and a point where its task can be cancelled. */
export abstract class Awaitable<T> implements Promise<T> {
  declare readonly [Symbol.toStringTag]: string;

  /** @internal Waits on behalf of a scope: without one, of the current one. */
  abstract suspend(resolve: Resolve<T>, reject: Reject, scope?: Scope): void;
  /** @internal Waits on behalf of nobody. */
  abstract observe(resolve: Resolve<T>, reject: Reject): void;

  then<A = T, B = never>(onFulfilled?: Fulfilled<T, A>, onRejected?: Rejected<B>): Promise<A | B> {
    if (fromAwait(onFulfilled, onRejected)) {
      this.suspend(onFulfilled as Resolve<T>, onRejected as Reject);
      return ignored;
    }
    return new Promise<T>((resolve, reject) => this.observe(resolve, reject)).then(onFulfilled, onRejected);
  }

  catch<B = never>(onRejected?: Rejected<B>): Promise<T | B> {
    return this.then(undefined, onRejected);
  }

  finally(onFinally?: (() => void) | null): Promise<T> {
    return new Promise<T>((resolve, reject) => this.observe(resolve, reject)).finally(onFinally);
  }
}
Object.defineProperty(Awaitable.prototype, Symbol.toStringTag, { value: "Awaitable", configurable: true });
