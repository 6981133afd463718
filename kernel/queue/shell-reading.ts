// Whether everything that waited in the shell socket has been read.

import { setImmediate } from "node:timers/promises";

export class ShellReading {
  #messages = 0;

  /** A message has been read. */
  count(): void {
    this.#messages++;
  }

  /** Resolves when the event loop has polled the socket and found nothing new. */
  async caughtUp(): Promise<void> {
    let before: number;
    do {
      before = this.#messages;
      // Two turns, because a poll that finds the socket readable may come just after the first.
      await setImmediate();
      await setImmediate();
    } while (this.#messages !== before);
  }
}
