import { inspect } from "node:util";
import { RuntimeError } from "../core/errors.ts";
import { Operation, PENDING } from "../core/operation.ts";
import type { Going } from "../loop/ready-queue.ts";
import type { Future } from "./future.ts";

/** Its cancel is under way to the future. */
const PASSING = 5;

/** The wait of one task for a future. Cancelling it cancels the future, as in asyncio. */
export class FutureWait<T> extends Operation<T> {
  readonly future: Future<T>;

  constructor(future: Future<T>) {
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

  protected resume(): Going {
    const { future } = this;
    return future.cancelled() || future.failed ? this.fail(future.takeError()) : this.finish(future.result());
  }
}
