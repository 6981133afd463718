import { CREATED, cancelWaits, FINISHED, PENDING } from "../core/operation.ts";
import type { Scope } from "../core/roles.ts";
import type { HotScope } from "../tasks/async-scope.ts";
import { SettlementWait } from "../tasks/promise-wait.ts";

/** The wait for an async call whose promise the code awaits itself, or returns: it knows only where a cancel goes to. */
export class CallWait extends SettlementWait<never> {
  #inner: HotScope | null = null;

  /** Waits for a call. */
  for(inner: HotScope, scope: Scope): void {
    this.end();
    this.status = CREATED;
    this.#inner = inner;
    inner.adopt(scope);
    this.start(scope, scope.loop, null, null);
  }

  protected begin(): void {
    this.listens();
  }

  override get within(): Scope | null {
    return this.#inner;
  }

  override cancel(message: string | undefined): boolean {
    return this.#inner !== null && cancelWaits(this.#inner, message);
  }

  /** The code goes on. */
  end(): void {
    if (this.status !== PENDING) return;
    this.settled();
    this.status = FINISHED;
    this.#inner = null;
  }
}
