// Standard output from the ring, and from pipes, to stream messages, in batches: one message per parent and stream every
// 10 ms at most.

import type { ParentId } from "../channel/messages.ts";
import { type StreamName, type StreamRecord, StreamRingReader } from "../channel/stream-ring.ts";

/** How long text waits for more text, in milliseconds. */
const BATCH = 10;
/** Most UTF-16 units in one message. */
const LARGEST_MESSAGE = 1 << 20;
/** As much text in one batch means that the writer is faster than batches are: do not let it wait for the next. */
const HURRY = 1 << 18;

export interface StreamSink {
  publish(parent: ParentId, name: StreamName, text: string): void;
  /** While more text than can be sent has been published: resolves when it has been sent. */
  readonly backlog: Promise<void> | undefined;
}

export class StreamPump {
  readonly #reader: StreamRingReader;
  readonly #sink: StreamSink;
  /** Text of pipes, each with where the ring's text ended when it came. */
  #taken: (StreamRecord & { position: number })[] = [];
  #scheduled = false;
  #stopped = false;

  constructor(ring: SharedArrayBuffer, sink: StreamSink) {
    this.#reader = new StreamRingReader(ring);
    this.#sink = sink;
  }

  /** There is text: publish it with what comes in the next 10 ms. */
  wake(): void {
    if (this.#scheduled || this.#stopped) return;
    this.#scheduled = true;
    setTimeout(this.#tick, BATCH);
  }

  /** Text that does not come through the ring, after what was written there before `position` (default: everything). */
  take({ parent, name, text }: StreamRecord, position = this.#reader.written): void {
    const last = this.#taken.at(-1);
    if (last?.position === position && last.parent === parent && last.name === name) last.text += text;
    else this.#taken.push({ parent, name, text, position });
    this.wake();
  }

  /** Publishes what was written before `position` (default: everything) now. Returns how much text that was. */
  drain(position?: number): number {
    const records: StreamRecord[] = [];
    while (this.#taken[0] && !(position !== undefined && isAfter(this.#taken[0].position, position))) {
      const [taken] = this.#taken.splice(0, 1);
      if (taken) records.push(...this.#reader.read(taken.position), taken);
    }
    records.push(...this.#reader.read(position));
    let length = 0;
    for (const { parent, name, text } of joined(records)) {
      length += text.length;
      for (const part of parts(text)) this.#sink.publish(parent, name, part);
    }
    return length;
  }

  /** Publishes what is left, and nothing after that. */
  stop(): void {
    this.drain();
    this.#stopped = true;
  }

  readonly #tick = (): void => {
    this.#scheduled = false;
    if (this.#stopped) return;
    const length = this.drain();
    if (this.#reader.sleep()) return;
    this.#scheduled = true;
    const { backlog } = this.#sink;
    // Not read, the ring fills up, and the writer waits.
    if (backlog) backlog.then(this.#tick);
    else if (length < HURRY) setTimeout(this.#tick, BATCH);
    else setImmediate(this.#tick);
  };
}

/** Positions wrap at 2^32. */
const isAfter = (one: number, other: number): boolean => ((one - other) | 0) > 0;

/** Neighbours of one parent and stream are one text. */
function joined(records: readonly StreamRecord[]): StreamRecord[] {
  const texts: StreamRecord[] = [];
  for (const record of records) {
    const last = texts.at(-1);
    if (last?.parent === record.parent && last.name === record.name) last.text += record.text;
    else texts.push({ ...record });
  }
  return texts;
}

function* parts(text: string): Generator<string> {
  for (let start = 0; start < text.length; ) {
    let end = Math.min(start + LARGEST_MESSAGE, text.length);
    const last = text.charCodeAt(end - 1);
    // Not between the halves of a surrogate pair.
    if (end < text.length && last >= 0xd800 && last < 0xdc00) end--;
    yield text.slice(start, end);
    start = end;
  }
}
