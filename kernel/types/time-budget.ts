// Time that may be spent on waiting: a share of all the time that passes, saved up to a limit. However many there are that
// wait, one after the other, they wait no more than that share.

export class TimeBudget {
  readonly #share: number;
  readonly #most: number;
  #saved: number;
  #at: number;

  /** `share` of the time, and at first and at most `most` milliseconds. `now` is in milliseconds, as in all methods. */
  constructor(share: number, most: number, now: number) {
    this.#share = share;
    this.#most = most;
    this.#saved = most;
    this.#at = now;
  }

  /** How many milliseconds may be spent. */
  left(now: number): number {
    this.#saved = Math.min(this.#most, this.#saved + (now - this.#at) * this.#share);
    this.#at = now;
    return Math.max(0, this.#saved);
  }

  spend(milliseconds: number): void {
    this.#saved -= milliseconds;
  }
}
