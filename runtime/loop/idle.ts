import type { Clock } from "../core/roles.ts";

const { setImmediate, setTimeout, clearTimeout } = globalThis;
/** The longest time that a timer of the host can wait, in ms. */
const LONGEST = 2 ** 31 - 1;
/** Turns of Node without news before a virtual clock jumps. */
const QUIET_TURNS = 2;
/** Real seconds between jumps of a virtual clock while something outside is under way. */
const PAUSE = 0.005;

/** What is asked of the loop. */
export interface IdleLoop {
  /** Whether it still has nothing to run, and is open. */
  idle(): boolean;
  /** The time of its first timer. */
  firstTimer(): number | undefined;
  /** Whether a task waits for something that the loop does not know. */
  waitsForOutside(): boolean;
  /** How often such a wait began or ended. */
  outsideEvents(): number;
  /** Something may be due: it shall look. */
  goOn(): void;
}

/** How a loop that has nothing to run comes to its first timer: a real clock is waited for, a virtual one jumps. */
export class Idle {
  readonly #clock: Clock;
  readonly #loop: IdleLoop;
  #alarm: NodeJS.Timeout | undefined = undefined;
  #alarmAt = 0;
  #graceAt = -1;
  #jumps = 0;

  constructor(clock: Clock, loop: IdleLoop) {
    this.#clock = clock;
    this.#loop = loop;
  }

  /** The host's timer that it waits with. */
  get alarm(): NodeJS.Timeout | undefined {
    return this.#alarm;
  }

  /** Waits for the first timer, if there is one. */
  wait(): void {
    const when = this.#loop.firstTimer();
    if (when === undefined) {
      this.forget();
    } else if (this.#clock.jump !== undefined) {
      this.#jumpSoon(++this.#jumps, QUIET_TURNS);
    } else {
      if (this.#alarm !== undefined && this.#alarmAt <= when) return;
      clearTimeout(this.#alarm);
      this.#alarmAt = when;
      const delay = Math.ceil((when - this.#clock.time()) * 1000);
      this.#alarm = setTimeout(this.#wake, Math.min(Math.max(delay, 1), LONGEST));
    }
  }

  /** Waits no longer. */
  forget(): void {
    clearTimeout(this.#alarm);
    this.#alarm = undefined;
  }

  #wake = (): void => {
    this.#alarm = undefined;
    if (this.#loop.idle()) this.#loop.goOn();
  };

  /** Jumps to the first timer when Node has had a few turns and nothing became ready. */
  #jumpSoon(jump: number, turns: number): void {
    setImmediate(() => {
      if (!this.#loop.idle() || jump !== this.#jumps) return;
      if (turns > 1) return this.#jumpSoon(jump, turns - 1);
      const pause = this.#loop.waitsForOutside() ? this.#pauseForOutside() : 0;
      if (pause > 0) {
        clearTimeout(this.#alarm);
        this.#alarm = setTimeout(() => {
          this.#alarm = undefined;
          this.#jump();
        }, pause * 1000);
        return;
      }
      if (this.#alarm === undefined) this.#jump();
    });
  }

  /** Real seconds to give the outside before a jump: its grace once, then a little, so that jumps do not take its processor. */
  #pauseForOutside(): number {
    const { grace = 0 } = this.#clock;
    const events = this.#loop.outsideEvents();
    const isFirst = this.#graceAt !== events;
    this.#graceAt = events;
    return isFirst ? grace : Math.min(grace, PAUSE);
  }

  #jump(): void {
    const when = this.#loop.firstTimer();
    if (!this.#loop.idle() || when === undefined) return;
    this.#clock.jump?.(when);
    this.#loop.goOn();
  }
}
