import { cancelWaits } from "../core/operation.ts";
import type { Running, Scope } from "../core/roles.ts";
import type { HotScope } from "../tasks/async-scope.ts";
import { SettlementWait } from "../tasks/promise-wait.ts";
import { Outcome } from "./outcome.ts";

const { then } = Promise.prototype;

/**
 * What becomes of a promise that code awaits and that may be settled: a microtask later that is known, and code that goes on then
 * goes on when JavaScript would have let it. Only for one that is pending a wait is made, which a cancel can end.
 */
export class Settling extends Outcome {
  done = false;
  /** A cancel has ended the wait for it: the promise may settle yet. */
  abandoned = false;
  #wait: SettlingWait | null = null;
  #promise: object | null = null;
  #inner: HotScope | null = null;

  constructor() {
    super(false, undefined);
  }

  readonly #fulfilled = (value: unknown): void => this.#settle(false, value);
  readonly #rejected = (error: unknown): void => this.#settle(true, error);

  /** Whether this is the promise that it has followed, to its end: there is nothing to find out. */
  found(promise: object): boolean {
    return this.done && promise === this.#promise;
  }

  /** Follows a promise; the one before has settled. `inner`: the call whose promise it is, if it is one. */
  follow(promise: Promise<unknown>, inner: HotScope | null): void {
    this.done = false;
    this.#promise = promise;
    this.#inner = inner;
    then.call(promise, this.#fulfilled, this.#rejected);
  }

  /** What to await for a promise that is pending: an outcome. */
  wait(scope: Scope): Promise<Outcome> {
    const wait = new SettlingWait(this, this.#inner);
    this.#wait = wait;
    return new Promise((resolve, reject) => wait.start(scope, scope.loop, resolve, reject));
  }

  #settle(failed: boolean, value: unknown): void {
    this.done = true;
    this.failed = failed;
    this.value = value;
    const wait = this.#wait;
    this.#wait = null;
    wait?.end();
  }
}

class SettlingWait extends SettlementWait<Outcome> {
  readonly #settling: Settling;
  readonly #inner: HotScope | null;

  constructor(settling: Settling, inner: HotScope | null) {
    super();
    this.#settling = settling;
    this.#inner = inner;
  }

  override get within(): Scope | null {
    return this.#inner;
  }

  override cancel(message: string | undefined): boolean {
    return this.#inner === null ? super.cancel(message) : cancelWaits(this.#inner, message);
  }

  protected begin(): void {
    this.listens();
  }

  end(): void {
    if (this.settled()) this.finish(this.#settling);
  }

  /** A cancel has ended it. */
  protected override fail(error: unknown): Running {
    this.#settling.abandoned = true;
    return this.finish(new Outcome(true, error));
  }
}
