import type { Handle, Loop, Running, Timed } from "../core/roles.ts";

/** A handle of the runtime's own that runs at a time; without the async context that callbacks of the user keep. */
export class Alarm implements Timed {
  readonly when: number;
  order = 0;
  index = -1;
  readonly #loop: Loop;
  #handle: Handle | null;

  constructor(loop: Loop, when: number, handle: Handle) {
    this.#loop = loop;
    this.when = when;
    this.#handle = handle;
  }

  cancel(): void {
    this.#handle = null;
    this.#loop.removeTimer(this);
  }

  run(): Running {
    return this.#handle?.run() ?? false;
  }
}

/** Runs the handle after `delay` seconds. */
export function alarm(loop: Loop, delay: number, handle: Handle): Alarm {
  const timer = new Alarm(loop, loop.clock.after(delay), handle);
  loop.addTimer(timer);
  return timer;
}
