// Ending the process: the last output is sent and the sockets are closed first, or the sockets' addon aborts.

import { Signal } from "../channel/signals.ts";
import type { Output } from "./output.ts";

export class Exit {
  readonly #output: Output;
  readonly #signals: Int32Array;
  readonly #exit: (code: number) => never = process.exit.bind(process);

  constructor(output: Output, signals: Int32Array) {
    this.#output = output;
    this.#signals = signals;
  }

  /** Has the IO thread send what is left, waits for it, and ends the process. */
  now(code: number): never {
    this.#output.send({ type: "exit", code });
    Atomics.wait(this.#signals, Signal.exit, 0, 5000);
    return this.#exit(code);
  }

  /** `process.exit()` of a cell ends the kernel, and is an error of the cell: its client may be at another one by now. */
  install(): void {
    process.exit = (code) => {
      const status = Number(code ?? process.exitCode ?? 0);
      const evalue = `process.exit(${code ?? ""}) was called: the kernel ends, and its state with it.`;
      this.#output.publish("error", { ename: "SystemExit", evalue, traceback: [`SystemExit: ${evalue}`] });
      return this.now(Number.isInteger(status) ? status : 1);
    };
  }
}
