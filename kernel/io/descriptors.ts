// What does not go through `process.stdout`: what programs print that a cell starts, what native code and other threads
// write to descriptors 1 and 2. Those become pipes, and this thread reads them, also while the main thread waits for a child.

import { closeSync, openSync, writeSync } from "node:fs";
import { Descriptor } from "../channel/descriptors.ts";
import { KERNEL_PARENT, type ParentId } from "../channel/messages.ts";
import type { StreamName, StreamRecord } from "../channel/stream-ring.ts";
import { logTo } from "../log.ts";
import type { Libc } from "./libc.ts";
import { PipeReader } from "./pipe-reader.ts";

/** V8 says so before it ends the process: who started the kernel is to know it too. */
const FATAL = /FATAL ERROR|<--- Last few GCs --->|^# Fatal error in/m;

export interface DescriptorsOptions {
  /** Gives undefined where there is none: then all stays as it is. */
  openLibc: () => Libc | undefined;
  memory: Int32Array;
  /** Publishes text, after what was written to the ring before a position, or until now. */
  take: (record: StreamRecord, position?: number) => void;
  /** While no more should be taken: resolves when that has changed. */
  backlog: () => Promise<void> | undefined;
  /** The cell that runs, or ran last. */
  latest: () => ParentId;
  /** Keeps a request known for as long as its programs may print. Returns what ends that. */
  hold: (parent: ParentId) => () => void;
}

export class Descriptors {
  readonly #options: DescriptorsOptions;
  #redirected = false;
  #libc: Libc | undefined;
  readonly #readers = new Set<PipeReader>();
  /** Where the text that is read now belongs in the ring's. */
  #position: number | undefined;

  constructor(options: DescriptorsOptions) {
    this.#options = options;
  }

  /** Makes pipes of the process's descriptors 1 and 2, and nothing to be read of 0. A second call does nothing. */
  redirect(): void {
    if (this.#redirected) return;
    this.#redirected = true;
    const { openLibc, memory, latest } = this.#options;
    const libc = openLibc();
    this.#libc = libc;
    const log = libc?.dup(2) ?? -1;
    if (!libc || log < 0) return;
    // What the kernel itself has to say goes on going there.
    Atomics.store(memory, Descriptor.log, log);
    logTo(log);
    let isFatal = false;
    this.#become(1, libc, (text) => this.#take({ parent: latest(), name: "stdout", text }));
    this.#become(2, libc, (text) => {
      isFatal ||= FATAL.test(text);
      if (isFatal || latest() === KERNEL_PARENT) writeSync(log, text);
      this.#take({ parent: latest(), name: "stderr", text });
    });
    const nothing = openSync("/dev/null", "r");
    libc.dup2(nothing, 0);
    closeSync(nothing);
  }

  /** Answers the session with pipes for a program that the cell `parent` is about to start. */
  open(parent: ParentId): void {
    const { memory, hold } = this.#options;
    const release = hold(parent);
    const ends = [this.#pipe(parent, "stdout"), this.#pipe(parent, "stderr")] as const;
    const [stdout, stderr] = ends.map((pipe) => pipe?.writing ?? -1);
    Atomics.store(memory, Descriptor.stdout, stdout ?? -1);
    Atomics.store(memory, Descriptor.stderr, stderr ?? -1);
    void Promise.all(ends.map((pipe) => pipe?.ended)).then(release);
    this.answer();
  }

  /** Lets the session go on. */
  answer(): void {
    const { memory } = this.#options;
    Atomics.store(memory, Descriptor.answered, 1);
    Atomics.notify(memory, Descriptor.answered);
  }

  /** Takes all that has been written until now: it belongs before `position` in the ring. */
  drain(position: number): void {
    if (this.#readers.size === 0) return;
    const readers = [...this.#readers];
    const readable = this.#libc?.readable(readers.map(({ descriptor }) => descriptor)) ?? [];
    this.#position = position;
    for (const reader of readers) if (readable.includes(reader.descriptor)) reader.drain();
    this.#position = undefined;
  }

  #take(record: StreamRecord): void {
    // Without a cell, it has gone to where the kernel itself complains.
    if (record.parent !== KERNEL_PARENT) this.#options.take(record, this.#position);
  }

  #become(target: number, libc: Libc, onText: (text: string) => void): void {
    const pipe = libc.pipe();
    if (!pipe) return;
    this.#read(pipe.reading, onText, () => {});
    libc.dup2(pipe.writing, target);
    libc.close(pipe.writing);
  }

  #pipe(parent: ParentId, name: StreamName): { writing: number; ended: Promise<void> } | undefined {
    const pipe = this.#libc?.pipe();
    if (!pipe) return undefined;
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    this.#read(pipe.reading, (text) => this.#take({ parent, name, text }), resolve);
    return { writing: pipe.writing, ended };
  }

  #read(descriptor: number, onText: (text: string) => void, onEnd: () => void): void {
    const reader = new PipeReader(descriptor, {
      onText,
      onEnd: () => {
        this.#readers.delete(reader);
        onEnd();
      },
      backlog: this.#options.backlog,
    });
    this.#readers.add(reader);
  }
}
