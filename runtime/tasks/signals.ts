import { getEventListeners } from "node:events";
import { cancelledError } from "../core/errors.ts";

const controllers = new WeakMap<AbortSignal, AbortController>();

/** The abort signals that a task handed out: one controller an operation, held no longer than the operation holds it. */
export class Signals {
  #handed: WeakRef<AbortSignal>[] = [];
  #reason: Error | undefined = undefined;

  /** A signal; aborted from the start if a cancel with this message is already on its way. */
  take(pending: string | undefined): AbortSignal {
    if (pending !== undefined) return AbortSignal.abort(cancelledError(pending));
    const controller = new AbortController();
    controllers.set(controller.signal, controller);
    if (this.#handed.length >= 16) this.#handed = this.#handed.filter((ref) => ref.deref() !== undefined);
    this.#handed.push(new WeakRef(controller.signal));
    return controller.signal;
  }

  /** Aborts them all; true if an operation that listened was told. */
  abort(message: string | undefined): boolean {
    const handed = this.#handed;
    this.#handed = [];
    this.#reason = cancelledError(message);
    let heard = false;
    for (const ref of handed) {
      const signal = ref.deref();
      if (signal === undefined) continue;
      if (getEventListeners(signal, "abort").length > 0) heard = true;
      controllers.get(signal)?.abort(this.#reason);
    }
    return heard;
  }

  /** Whether an operation failed because of the latest abort: an AbortError with our reason as its cause. */
  caused(error: unknown): boolean {
    return error instanceof Error && error.name === "AbortError" && error.cause === this.#reason;
  }
}
