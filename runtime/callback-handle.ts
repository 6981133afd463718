import { AsyncResource } from "node:async_hooks";
import { inspect } from "node:util";
import type { EventLoop } from "./loop.ts";
import type { Going, Handle } from "./ready-queue.ts";
import type { Timed } from "./timer-heap.ts";

/** A call that the loop will make; `cancel` takes it back. Runs in the async context in which it was registered. */
export class CallbackHandle implements Handle {
  protected readonly loop: EventLoop;
  readonly #resource = new AsyncResource("loopbook.callback");
  #fn: ((...args: unknown[]) => unknown) | null;
  #args: readonly unknown[];

  constructor(loop: EventLoop, fn: (...args: unknown[]) => unknown, args: readonly unknown[]) {
    this.loop = loop;
    this.#fn = fn;
    this.#args = args;
  }

  cancel(): void {
    this.#fn = null;
    this.#args = [];
  }

  /** @internal */
  get resource(): AsyncResource {
    return this.#resource;
  }

  cancelled(): boolean {
    return this.#fn === null;
  }

  /** @internal */
  run(): Going {
    return this.#fn === null ? false : this.loop.runCallback(this.#resource, this.#fn, this.#args);
  }

  [inspect.custom](): string {
    const what = this.#fn === null ? "cancelled" : `${this.#fn.name || "<anonymous>"}()`;
    return `<${this.constructor.name.replace("Callback", "")} ${what}>`;
  }
}

/** A call at a time of the loop's clock. */
export class TimerHandle extends CallbackHandle implements Timed {
  /** @internal */ when: number;
  /** @internal */ order = 0;
  /** @internal */ index = -1;

  constructor(loop: EventLoop, when: number, fn: (...args: unknown[]) => unknown, args: readonly unknown[]) {
    super(loop, fn, args);
    this.when = when;
  }

  override cancel(): void {
    super.cancel();
    this.loop.removeTimer(this);
  }
}
