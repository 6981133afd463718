import type { Running } from "../core/roles.ts";
import { NativeCoroutine } from "../tasks/native-coroutine.ts";
import type { Waiting, WaitList } from "./wait-list.ts";

/**
 * The one wait at locks, semaphores, events and queues: it takes what it wants if that is there, or else stands in line
 * until it is woken, and takes it then.
 */
export abstract class Waiter<At, T> extends NativeCoroutine<T> implements Waiting {
  ahead: Waiting | null = null;
  behind: Waiting | null = null;
  /** The lock, queue or event. */
  protected readonly at: At;

  constructor(at: At) {
    super();
    this.at = at;
  }

  /** Who waits for the same. */
  protected abstract get line(): WaitList;
  /** Whether what it wants is not there, or others are before it. */
  protected abstract mustWait(): boolean;
  /** Takes what it wants; `woken` if it stood in line for it. What this throws, the wait throws. */
  protected abstract receive(woken: boolean): T;
  /** A cancel ended its wait, perhaps after it was `woken`: gives to the next what it does not take. */
  protected giveBack(_woken: boolean): void {}

  protected begin(): void {
    if (this.mustWait()) this.standInLine();
    else this.#settle(false);
  }

  protected standInLine(): void {
    this.line.push(this);
    this.park();
  }

  protected resume(): Running {
    this.line.remove(this);
    return this.#settle(true);
  }

  protected override passOn(woken: boolean): void {
    this.line.remove(this);
    this.giveBack(woken);
  }

  #settle(woken: boolean): Running {
    let value: T;
    try {
      value = this.receive(woken);
    } catch (error) {
      return this.fail(error);
    }
    return this.finish(value);
  }
}
