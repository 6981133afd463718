import { ValueError } from "../core/errors.ts";
import { PENDING } from "../core/operation.ts";
import type { Running, Timed } from "../core/roles.ts";
import { NativeCoroutine } from "../tasks/native-coroutine.ts";

class Sleep<T> extends NativeCoroutine<T> implements Timed {
  when = 0;
  order = 0;
  index = -1;
  readonly #delay: number;
  readonly #result: T;

  constructor(delay: number, result: T) {
    super();
    this.#delay = delay;
    this.#result = result;
  }

  get name(): string {
    return "sleep";
  }

  protected begin(): void {
    const { loop } = this;
    this.park();
    if (this.#delay > 0) {
      if (this.status !== PENDING) return;
      this.when = loop.clock.after(this.#delay);
      loop.addTimer(this);
    } else this.wake();
  }

  override run(): Running {
    if (this.status !== PENDING) return super.run();
    this.wake();
    return false;
  }

  protected override letGo(): void {
    this.loop.removeTimer(this);
  }

  protected resume(): Running {
    return this.finish(this.#result);
  }
}

/**
 * Lets other tasks run for `delay` seconds, then returns `result`. `sleep(0)` lets every other ready task run once.
 * Cold: nothing happens until it is awaited or made a task.
 *
 * @throws ValueError if `delay` is NaN.
 * @example
 * await sleep(1.5);
 */
export function sleep(delay: number): Promise<void>;
export function sleep<T>(delay: number, result: T): Promise<T>;
export function sleep<T>(delay: number, result?: T): Promise<T | undefined> {
  if (Number.isNaN(delay)) throw new ValueError("Invalid delay: NaN (not a number)");
  return new Sleep(delay, result);
}
