// Pipes for the programs that a cell starts: what they print is shown in that cell, however late.

import { closeSync } from "node:fs";
import { Descriptor } from "../channel/descriptors.ts";
import type { Output } from "./output.ts";

/** How long the IO thread is waited for, in milliseconds. It answers within a tenth of one. */
const PATIENCE = 2_000;

/** Where a program prints to, in the place of descriptors 1 and 2. */
export interface Pipes {
  stdout: number;
  stderr: number;
}

export class ProgramPipes {
  readonly #output: Output;
  readonly #memory: Int32Array;

  constructor(output: Output, memory: Int32Array) {
    this.#output = output;
    this.#memory = memory;
  }

  /** Opens pipes for a program of the current cell. Undefined where the system has none to give. */
  open(): Pipes | undefined {
    this.#output.expectMore();
    this.#ask(() => this.#output.post({ type: "program", parent: this.#output.parent }));
    const [stdout, stderr] = [this.#memory[Descriptor.stdout] ?? -1, this.#memory[Descriptor.stderr] ?? -1];
    return stdout > 0 && stderr > 0 ? { stdout, stderr } : undefined;
  }

  /** The program has them now: this process lets go of them. */
  close({ stdout, stderr }: Pipes): void {
    closeSync(stdout);
    closeSync(stderr);
  }

  /** Waits until all that has been printed is on its way, so that it stands before what comes next. */
  flush(): void {
    this.#ask(() => this.#output.send({ type: "written" }));
  }

  #ask(question: () => void): void {
    const memory = this.#memory;
    for (const word of [Descriptor.answered, Descriptor.stdout, Descriptor.stderr]) Atomics.store(memory, word, 0);
    question();
    Atomics.wait(memory, Descriptor.answered, 0, PATIENCE);
  }
}
