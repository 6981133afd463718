import type { AsyncResource } from "node:async_hooks";
import { inspect } from "node:util";
import { Awaitable, type Reject, type Resolve } from "../core/awaitable.ts";
import { RuntimeError } from "../core/errors.ts";
import type { Scope } from "../core/roles.ts";
import { storage } from "../core/running.ts";
import { addressOf } from "./address.ts";
import { NativeCoroutine } from "./native-coroutine.ts";
import { bodyPromise } from "./promise-wait.ts";
import { type StackBudget, stackBudget, startedCold, trackCold } from "./unstarted.ts";

export type CoroutineState = "created" | "running" | "suspended" | "finished";

const sharedBudget = stackBudget();

/**
 * A call that has not begun: nothing runs until it is awaited (then it runs in the task that awaits it) or made a task.
 * It can be awaited once.
 */
export class Coroutine<T = unknown> extends Awaitable<T> {
  /** The name of the function. */
  readonly name: string;
  /** @internal */ resource: AsyncResource | null = null;
  /** @internal */ site: Error | undefined = undefined;
  #call: ((...args: never[]) => T | PromiseLike<T>) | null;
  #args: readonly unknown[];
  #taken = false;
  #closed = false;
  #scope: Scope | null = null;
  #result: PromiseLike<T> | null = null;

  constructor(name: string, call: (...args: never[]) => T | PromiseLike<T>, args?: readonly unknown[]);
  /** @internal `stacks`: shared by all calls of a function. */
  constructor(
    name: string,
    call: (...args: never[]) => T | PromiseLike<T>,
    args: readonly unknown[],
    stacks: StackBudget,
  );
  constructor(
    name: string,
    call: (...args: never[]) => T | PromiseLike<T>,
    args: readonly unknown[] = [],
    stacks: StackBudget = sharedBudget,
  ) {
    super();
    this.name = name;
    this.#call = call;
    this.#args = args;
    trackCold(this, stacks);
  }

  /** @internal */
  get unstarted(): boolean {
    return !this.#taken;
  }

  /** What it is doing: `created`, `running`, `suspended` (waiting at an await) or `finished`. */
  get state(): CoroutineState {
    if (this.#call !== null) return "created";
    const result = this.#result;
    if (result === null) return this.#closed ? "finished" : "running";
    if (!(inspect(result, { depth: 0, customInspect: false }) === "Promise { <pending> }")) return "finished";
    return storage.getStore() === this.#scope ? "running" : "suspended";
  }

  /**
   * Ends a coroutine that was not started, without a warning.
   * @throws RuntimeError if it has begun and is not finished: cancel its task instead.
   */
  close(): void {
    const { state } = this;
    if (state === "created") {
      this.take();
      this.#call = null;
      this.#closed = true;
    } else if (state !== "finished") {
      throw new RuntimeError(`coroutine '${this.name}' is ${state}: cancel the task that awaits it`);
    }
  }

  /** @internal Marks it as spoken for: no warning is due. */
  take(): void {
    if (this.#taken) return;
    this.#taken = true;
    startedCold(this);
  }

  /** @internal Runs it in the current scope. */
  invoke(): Promise<T> {
    const call = this.#call;
    if (call === null) {
      const pending = this.#result !== null && this.state !== "finished";
      throw new RuntimeError(pending ? "coroutine is being awaited already" : "cannot reuse already awaited coroutine");
    }
    this.#call = null;
    this.take();
    this.#scope = storage.getStore() ?? null;
    const args = this.#args as never[];
    this.#args = [];
    const before = this.#scope?.waitCount ?? 0;
    let result: T | PromiseLike<T>;
    try {
      result = call(...args);
    } catch (error) {
      result = Promise.reject(error);
    }
    const promise = bodyPromise(call, result, before);
    this.#result = promise;
    return promise;
  }

  override then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.invoke().then(onFulfilled, onRejected);
  }

  override finally(onFinally?: (() => void) | null): Promise<T> {
    return this.invoke().finally(onFinally);
  }

  /** @internal */
  suspend(resolve: Resolve<T>, reject: Reject, scope?: Scope): void {
    const isCurrent = scope === undefined || scope === storage.getStore();
    const promise = isCurrent ? this.invoke() : storage.run(scope, () => this.invoke());
    promise.then(resolve, reject);
  }

  /** @internal */
  observe(resolve: Resolve<T>, reject: Reject): void {
    this.invoke().then(resolve, reject);
  }

  [inspect.custom](): string {
    return this.toString();
  }

  override toString(): string {
    return `<coroutine object ${this.name} at ${addressOf(this)}>`;
  }
}
Object.defineProperty(Coroutine.prototype, Symbol.toStringTag, { value: "Coroutine", configurable: true });

/** A function whose calls are cold. */
export type CoroutineFunction<A extends readonly unknown[], R> = (...args: A) => Coroutine<R>;

/**
 * Makes calls of an async function cold, as Python's are: a call returns a `Coroutine`, and nothing runs until that is
 * awaited or made a task. One that is dropped unstarted warns `coroutine 'name' was never awaited`.
 *
 * @example
 * const sayHello = coroutine(async function sayHello(name: string) {
 *   console.log(`Hello, ${name}!`);
 * });
 * await sayHello("World");
 */
export function coroutine<A extends readonly unknown[], R>(
  fn: (...args: A) => R,
  name: string = fn.name || "<anonymous>",
): CoroutineFunction<A, Awaited<R>> {
  const stacks = stackBudget();
  const made = {
    [name](this: unknown, ...args: A): Coroutine<Awaited<R>> {
      const call = this === undefined ? fn : fn.bind(this);
      return new Coroutine<Awaited<R>>(name, call as unknown as (...args: never[]) => Awaited<R>, args, stacks);
    },
  };
  return made[name] as CoroutineFunction<A, Awaited<R>>;
}

/** A coroutine of the runtime's own, without a function: a `sleep(1)`, a lock's `acquire()`. */
export interface NativeCall extends Promise<unknown> {
  readonly name: string;
  readonly state: "created" | "suspended" | "finished";
  close(): void;
}

/** Whether a value is a coroutine object: the call of a coroutine function, a `sleep(1)`, a lock's `acquire()`. */
export const isCoroutine = (value: unknown): value is Coroutine | NativeCall =>
  value instanceof Coroutine || value instanceof NativeCoroutine;
