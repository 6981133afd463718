import { inspect } from "node:util";
import { type Cold, type Made, startedCold, trackCold } from "./cold.ts";
import { CREATED, Operation } from "./operation.ts";

/** A cold operation of the runtime's own (`sleep`, a lock's `acquire`): a coroutine without a function. */
export abstract class NativeCoroutine<T> extends Operation<T> implements Cold {
  /** @internal */ made: Made | undefined = undefined;
  #taken = false;

  constructor() {
    super();
    trackCold(this);
  }

  /** @internal */
  get unstarted(): boolean {
    return !this.#taken && this.status === CREATED;
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
  }

  override start(...args: Parameters<Operation<T>["start"]>): void {
    this.take();
    super.start(...args);
  }

  [inspect.custom](): string {
    return `<coroutine object ${this.name}>`;
  }
}
