import { inspect } from "node:util";
import { RuntimeError } from "../core/errors.ts";
import { Operation, PENDING } from "../core/operation.ts";
import type { Handle, Running } from "../core/roles.ts";

/** Its cancel is under way to the future. */
const PASSING = 5;

/** A future, as far as a wait for it needs to know. */
export interface Waitable<T> {
  done(): boolean;
  cancelled(): boolean;
  readonly failed: boolean;
  result(): T;
  takeError(): unknown;
  cancel(message?: string): boolean;
  notify(handle: Handle): void;
  forget(handle: Handle): void;
  /** The futures whose ends it waits for. */
  parts(): Iterable<Waitable<unknown>>;
}

/** The wait of one task for a future. Cancelling it cancels the future, as in asyncio. */
export class FutureWait<T> extends Operation<T> {
  readonly future: Waitable<T>;

  constructor(future: Waitable<T>) {
    super();
    this.future = future;
  }

  get name(): string {
    return "Future";
  }

  protected begin(): void {
    const owner = this.scope?.owner();
    if ((owner as unknown) === this.future) {
      this.fail(new RuntimeError(`Task cannot await on itself: ${inspect(this.future)}`));
      return;
    }
    this.future.notify(this);
    this.park();
  }

  override cancel(message: string | undefined): boolean {
    if (this.status === PASSING) return this.#breakRing(message);
    if (this.status !== PENDING) return false;
    this.status = PASSING;
    try {
      return this.future.cancel(message);
    } finally {
      if (this.status === PASSING) this.status = PENDING;
    }
  }

  /**
   * Of tasks that wait for each other in a ring, each passes a cancel on to the next, and it comes back to the one that it
   * began with (asyncio's fails by a RecursionError then). It is the same request, not one more; it ends this wait, so that
   * the others end by this task's end.
   */
  #breakRing(message: string | undefined): boolean {
    this.scope?.owner()?.uncancel();
    this.status = PENDING;
    return super.cancel(message);
  }

  protected override letGo(): void {
    this.future.forget(this);
  }

  protected override cancellation(): unknown {
    if (!this.future.cancelled()) return super.cancellation();
    return this.message === undefined ? this.future.takeError() : super.cancellation();
  }

  protected resume(): Running {
    const { future } = this;
    return future.cancelled() || future.failed ? this.fail(future.takeError()) : this.finish(future.result());
  }
}
