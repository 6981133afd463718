// Replay protection: a signature that was seen before is a message sent again by somebody who does not have the key.

const DEFAULT_SIZE = 1 << 16;

/** Remembers the latest signatures, at most `size` of them; the oldest are forgotten first. */
export class DigestHistory {
  readonly #size: number;
  readonly #seen = new Set<string>();

  constructor(size = DEFAULT_SIZE) {
    this.#size = size;
  }

  /** Records a signature. Returns false if it is already known. */
  add(signature: string): boolean {
    if (this.#seen.has(signature)) return false;
    this.#seen.add(signature);
    if (this.#seen.size > this.#size) {
      // A Set iterates in the order of insertion.
      for (const oldest of this.#seen) {
        this.#seen.delete(oldest);
        break;
      }
    }
    return true;
  }
}
