import type { AsyncResource } from "node:async_hooks";
import { inspect } from "node:util";
import type { Reject, Resolve } from "../core/awaitable.ts";
import { CREATED, FINISHED, Operation } from "../core/operation.ts";
import type { Loop, Scope } from "../core/roles.ts";
import { addressOf } from "./address.ts";
import { type Cold, stackBudget, startedCold, trackCold } from "./unstarted.ts";

const stacks = stackBudget();

/** A cold operation of the runtime's own (`sleep`, a lock's `acquire`): a coroutine without a function. */
export abstract class NativeCoroutine<T> extends Operation<T> implements Cold {
  /** @internal */ resource: AsyncResource | null = null;
  /** @internal */ site: Error | undefined = undefined;
  #taken = false;

  constructor() {
    super();
    trackCold(this, stacks);
  }

  /** @internal */
  get unstarted(): boolean {
    return !this.#taken && this.status === CREATED;
  }

  /** What it is doing: it never runs code of its own, so it is `created`, `suspended` or `finished`. */
  get state(): "created" | "suspended" | "finished" {
    if (this.status === CREATED) return "created";
    return this.status === FINISHED ? "finished" : "suspended";
  }

  /** @internal Marks it as spoken for: no warning is due. */
  take(): void {
    if (this.#taken) return;
    this.#taken = true;
    startedCold(this);
  }

  /** Ends it unstarted, without a warning. */
  close(): void {
    this.take();
    if (this.status === CREATED) this.status = FINISHED;
  }

  override start(scope: Scope | null, loop: Loop, resolve: Resolve<T> | null, reject: Reject | null): void {
    this.take();
    super.start(scope, loop, resolve, reject);
  }

  [inspect.custom](): string {
    return this.toString();
  }

  override toString(): string {
    return `<coroutine object ${this.name} at ${addressOf(this)}>`;
  }
}
