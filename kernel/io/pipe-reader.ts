// One pipe that others write text into: read as it comes, or at once up to now.

import { readSync } from "node:fs";
import type { Socket } from "node:net";
import { StringDecoder } from "node:string_decoder";

/** Most bytes that are read at once: who writes without end must not keep the others waiting. */
const MOST_AT_ONCE = 1 << 20;
const scratch = Buffer.allocUnsafe(1 << 16);

export interface PipeReaderOptions {
  onText: (text: string) => void;
  /** The last writer has closed it. */
  onEnd: () => void;
  /** While no more should be read: resolves when that has changed. */
  backlog: () => Promise<void> | undefined;
}

export class PipeReader {
  /** Its reading end, which this closes. */
  readonly descriptor: number;
  readonly #onText: (text: string) => void;
  readonly #decoder = new StringDecoder("utf8");

  constructor(descriptor: number, { onText, onEnd, backlog }: PipeReaderOptions) {
    this.descriptor = descriptor;
    this.#onText = onText;
    const socket: Socket = new (process.getBuiltinModule("node:net").Socket)({
      fd: descriptor,
      readable: true,
      writable: false,
    });
    socket.on("data", (bytes) => {
      if (typeof bytes !== "string") this.#take(bytes);
      // Not read, the pipe fills up, and the writer waits.
      const waiting = backlog();
      if (!waiting) return;
      socket.pause();
      waiting.then(() => socket.resume());
    });
    socket.on("error", () => {});
    socket.on("close", onEnd);
  }

  /** Takes what has been written until now. Only to be called where there is something to read. */
  drain(): void {
    for (let total = 0; total < MOST_AT_ONCE; ) {
      const count = this.#read();
      if (count === 0) return;
      total += count;
      this.#take(scratch.subarray(0, count));
    }
  }

  /** Reads into `scratch`. 0 at the end, and where there is nothing yet. */
  #read(): number {
    try {
      return readSync(this.descriptor, scratch);
    } catch {
      return 0;
    }
  }

  #take(bytes: Buffer): void {
    const text = this.#decoder.write(bytes);
    if (text !== "") this.#onText(text);
  }
}
