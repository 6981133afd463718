import { inspect } from "node:util";
import { BrokenBarrierError, ValueError } from "../core/errors.ts";
import { Coroutine } from "../tasks/coroutine.ts";
import { Condition } from "./condition.ts";

export type BarrierState = "filling" | "draining" | "resetting" | "broken";

/**
 * A point at which a fixed number of tasks wait for each other.
 *
 * @throws ValueError `parties must be > 0`
 * @example
 * const barrier = new Barrier(3);
 * const place = await barrier.wait(); // 0, 1 or 2, once all three are there
 */
export class Barrier {
  readonly parties: number;
  readonly #condition = new Condition();
  #state: BarrierState = "filling";
  #count = 0;

  constructor(parties: number) {
    if (!(parties >= 1)) throw new ValueError("parties must be > 0");
    this.parties = parties;
  }

  /** How many wait at it now. */
  get nWaiting(): number {
    return this.#state === "filling" ? this.#count : 0;
  }

  /** Whether it was aborted. */
  get broken(): boolean {
    return this.#state === "broken";
  }

  /**
   * Waits until `parties` tasks wait; returns a number of one's own, from 0 to `parties - 1`.
   * @throws BrokenBarrierError when it is reset or aborted meanwhile
   */
  wait(): Promise<number> {
    return new Coroutine<number>("Barrier.wait", () => this.#condition.with(() => this.#pass()));
  }

  /** Back to empty: those who wait get a BrokenBarrierError. */
  reset(): Promise<void> {
    return new Coroutine<void>("Barrier.reset", () =>
      this.#condition.with(() => {
        if (this.#count === 0) this.#state = "filling";
        else this.#state = "resetting";
        this.#condition.notifyAll();
      }),
    );
  }

  /** Breaks it: those who wait, and all who come, get a BrokenBarrierError. */
  abort(): Promise<void> {
    return new Coroutine<void>("Barrier.abort", () =>
      this.#condition.with(() => {
        this.#state = "broken";
        this.#condition.notifyAll();
      }),
    );
  }

  #pass = async (): Promise<number> => {
    await this.#condition.waitFor(() => this.#state !== "draining" && this.#state !== "resetting");
    if (this.broken) throw new BrokenBarrierError("Barrier aborted");
    try {
      const index = this.#count++;
      if (index + 1 === this.parties) {
        this.#state = "draining";
        this.#condition.notifyAll();
      } else await this.#waitForTheRest();
      return index;
    } finally {
      this.#count--;
      if (this.#count === 0) {
        if (this.#state === "resetting" || this.#state === "draining") this.#state = "filling";
        this.#condition.notifyAll();
      }
    }
  };

  async #waitForTheRest(): Promise<void> {
    await this.#condition.waitFor(() => this.#state !== "filling");
    if (this.#state !== "draining") throw new BrokenBarrierError("Abort or reset of barrier");
  }

  [inspect.custom](): string {
    return `<Barrier [${this.#state}${this.broken ? "" : `, waiters:${this.nWaiting}/${this.parties}`}]>`;
  }
}
