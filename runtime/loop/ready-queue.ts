import type { Handle } from "../core/roles.ts";

/** The loop's ready queue: first in, first out, in a ring that grows by doubling. */
export class ReadyQueue {
  #ring: (Handle | undefined)[] = new Array(64);
  #mask = 63;
  #head = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  push(handle: Handle): void {
    if (this.#size > this.#mask) this.#grow();
    this.#ring[(this.#head + this.#size) & this.#mask] = handle;
    this.#size++;
  }

  shift(): Handle | undefined {
    if (this.#size === 0) return undefined;
    const handle = this.#ring[this.#head];
    this.#ring[this.#head] = undefined;
    this.#head = (this.#head + 1) & this.#mask;
    this.#size--;
    return handle;
  }

  #grow(): void {
    const old = this.#ring;
    const grown: (Handle | undefined)[] = new Array(old.length * 2);
    for (let i = 0; i < this.#size; i++) grown[i] = old[(this.#head + i) & this.#mask];
    this.#ring = grown;
    this.#mask = grown.length - 1;
    this.#head = 0;
  }
}
