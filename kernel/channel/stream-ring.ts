// Standard output and standard error from the session to the IO thread, through shared memory: text leaves the process
// while a loop that never yields still prints, order is kept, nothing is dropped, and a full ring slows the writer down.

import type { ParentId } from "./messages.ts";

export type StreamName = "stdout" | "stderr";

/** Words of the control block. Positions count bytes since the start and wrap at 2^32. */
const WRITTEN = 0;
const READ = 1;
const READER_AWAKE = 2;
const CONTROL_BYTES = 16;

const HEADER_BYTES = 8; // parent: u32; stream (top bit) and length: u32
const STDERR_BIT = 0x8000_0000;
/** Most UTF-16 units in one record: at three bytes each, a quarter of the smallest ring. */
const CHUNK_UNITS = 16_384;
const MIN_CAPACITY = 4 * (CHUNK_UNITS * 3 + HEADER_BYTES);

/** Allocates the memory of a ring; `capacity` is in bytes, a power of two. */
export function createRingMemory(capacity = 1 << 20): SharedArrayBuffer {
  if (capacity < MIN_CAPACITY || (capacity & (capacity - 1)) !== 0)
    throw new RangeError(`capacity must be a power of two of at least ${MIN_CAPACITY} bytes, got ${capacity}`);
  return new SharedArrayBuffer(CONTROL_BYTES + capacity);
}

class Ring {
  protected readonly control: Int32Array;
  protected readonly bytes: Buffer;
  protected readonly mask: number;

  constructor(memory: SharedArrayBuffer) {
    this.control = new Int32Array(memory, 0, CONTROL_BYTES / 4);
    this.bytes = Buffer.from(memory, CONTROL_BYTES);
    this.mask = this.bytes.length - 1;
  }

  /** Where the next record begins: everything written so far lies before it. */
  get written(): number {
    return this.position(WRITTEN);
  }

  protected position(word: number): number {
    return Atomics.load(this.control, word) >>> 0;
  }
}

export class StreamRingWriter extends Ring {
  readonly #wake: () => void;
  readonly #scratch = Buffer.allocUnsafe(CHUNK_UNITS * 3 + HEADER_BYTES);

  /** `wake` tells a sleeping reader that there is text; it is called once until the reader has slept again. */
  constructor(memory: SharedArrayBuffer, wake: () => void) {
    super(memory);
    this.#wake = wake;
  }

  /** Appends text, blocking the thread while the ring is full. */
  write(parent: ParentId, name: StreamName, text: string): void {
    for (let start = 0; start < text.length; ) {
      let end = Math.min(start + CHUNK_UNITS, text.length);
      if (end < text.length && isHighSurrogate(text.charCodeAt(end - 1))) end--;
      this.#record(parent, name, text.slice(start, end));
      start = end;
    }
  }

  #record(parent: ParentId, name: StreamName, text: string): void {
    const length = this.#scratch.write(text, HEADER_BYTES);
    this.#scratch.writeUInt32LE(parent, 0);
    this.#scratch.writeUInt32LE(((name === "stderr" ? STDERR_BIT : 0) | length) >>> 0, 4);
    const size = HEADER_BYTES + length;
    const at = this.position(WRITTEN);
    this.#waitForRoom(at, size);
    const offset = at & this.mask;
    const first = Math.min(size, this.bytes.length - offset);
    this.#scratch.copy(this.bytes, offset, 0, first);
    if (first < size) this.#scratch.copy(this.bytes, 0, first, size);
    Atomics.store(this.control, WRITTEN, (at + size) | 0);
    if (Atomics.exchange(this.control, READER_AWAKE, 1) === 0) this.#wake();
  }

  #waitForRoom(at: number, size: number): void {
    for (;;) {
      const read = Atomics.load(this.control, READ);
      if (((at - (read >>> 0)) >>> 0) + size <= this.bytes.length) return;
      if (Atomics.exchange(this.control, READER_AWAKE, 1) === 0) this.#wake();
      Atomics.wait(this.control, READ, read);
    }
  }
}

export type StreamRecord = { parent: ParentId; name: StreamName; text: string };

export class StreamRingReader extends Ring {
  /** Reads records up to `position` (default: everything there is); neighbours of one parent and stream are joined. */
  read(position = this.position(WRITTEN)): StreamRecord[] {
    const records: StreamRecord[] = [];
    let at = this.position(READ);
    let last: StreamRecord | undefined;
    // Compared as a distance, because positions wrap.
    while (((position - at) | 0) > 0) {
      const header = this.#copy(at, HEADER_BYTES);
      const parent = header.readUInt32LE(0);
      const word = header.readUInt32LE(4);
      const length = word & ~STDERR_BIT;
      const name = word & STDERR_BIT ? "stderr" : "stdout";
      const text = this.#copy(at + HEADER_BYTES, length).toString("utf8");
      at = (at + HEADER_BYTES + length) >>> 0;
      if (last && last.parent === parent && last.name === name) last.text += text;
      else {
        last = { parent, name, text };
        records.push(last);
      }
    }
    Atomics.store(this.control, READ, at | 0);
    Atomics.notify(this.control, READ);
    return records;
  }

  /** Ask for a wake-up at the next write. Returns false if something was written meanwhile: read again instead of sleeping. */
  sleep(): boolean {
    Atomics.store(this.control, READER_AWAKE, 0);
    if (this.position(WRITTEN) === this.position(READ)) return true;
    Atomics.store(this.control, READER_AWAKE, 1);
    return false;
  }

  #copy(position: number, length: number): Buffer {
    const offset = position & this.mask;
    const first = this.bytes.subarray(offset, offset + length);
    // Copied, not viewed: the writer may reuse the memory once READ has moved on.
    return first.length === length
      ? Buffer.from(first)
      : Buffer.concat([first, this.bytes.subarray(0, length - first.length)]);
  }
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;
