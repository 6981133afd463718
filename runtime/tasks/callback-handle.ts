import { AsyncResource } from "node:async_hooks";
import { inspect } from "node:util";
import { reportError } from "../core/reports.ts";
import type { Loop, Running } from "../core/roles.ts";
import { storage } from "../core/running.ts";
import { CallbackScope } from "./async-scope.ts";

/** A call that the loop will make; `cancel` takes it back. Runs in the async context in which it was registered. */
export class CallbackHandle {
  /** @internal */ protected readonly loop: Loop;
  readonly #resource = new AsyncResource("loopbook.callback");
  #fn: ((...args: unknown[]) => unknown) | null;
  #args: readonly unknown[];

  constructor(loop: Loop, fn: (...args: unknown[]) => unknown, args: readonly unknown[]) {
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

  /** @internal Whether this is the function that it calls. */
  calls(fn: unknown): boolean {
    return this.#fn === fn;
  }

  /** @internal */
  run(): Running {
    return this.#fn === null ? false : runCallback(this.loop, this.#resource, this.#fn, this.#args);
  }

  [inspect.custom](): string {
    const what = this.#fn === null ? "cancelled" : `${this.#fn.name || "<anonymous>"}()`;
    return `<${this.constructor.name.replace("Callback", "")} ${what}>`;
  }
}

/** A call at a time of the loop's clock. */
export class TimerHandle extends CallbackHandle {
  /** @internal */ when: number;
  /** @internal */ order = 0;
  /** @internal */ index = -1;

  constructor(loop: Loop, when: number, fn: (...args: unknown[]) => unknown, args: readonly unknown[]) {
    super(loop, fn, args);
    this.when = when;
  }

  override cancel(): void {
    super.cancel();
    this.loop.removeTimer(this);
  }
}

/** Runs code of the user in the async context in which it was registered; no task is current in it. */
function runCallback(
  loop: Loop,
  resource: AsyncResource,
  fn: (...args: never[]) => unknown,
  args: readonly unknown[],
): true {
  try {
    resource.runInAsyncScope(callBack, undefined, loop, resource, fn, args);
  } catch (exception) {
    reportError(resource, { message: `Exception in callback ${fn.name || "<anonymous>"}()`, exception });
  }
  return true;
}

function callBack(
  loop: Loop,
  resource: AsyncResource,
  fn: (...args: never[]) => unknown,
  args: readonly unknown[],
): void {
  const vars = storage.getStore()?.variables().vars ?? loop.vars;
  storage.enterWith(new CallbackScope(loop, resource, vars));
  fn(...(args as never[]));
}
