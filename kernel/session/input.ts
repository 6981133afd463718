// Asking the user: `prompt`, `confirm` and `alert` block, as browsers' do; `input` and `password` are awaited, and the
// event loop goes on meanwhile.

import { type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import type { InputReply } from "../channel/messages.ts";
import { Signal } from "../channel/signals.ts";
import { type Cell, currentCell } from "./cell.ts";
import { keyboardInterrupt } from "./interrupt.ts";
import type { Output } from "./output.ts";

/** The front end cannot ask the user, or was told not to. */
class StdinNotAllowedError extends Error {
  override readonly name = "StdinNotAllowedError";
}

export class Input {
  readonly #output: Output;
  readonly #port: MessagePort;
  readonly #signals: Int32Array;
  /** Waits of `input` and `password`: one question at a time. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(output: Output, port: MessagePort, signals: Int32Array) {
    this.#output = output;
    this.#port = port;
    this.#signals = signals;
  }

  /** Blocks until the user has answered. Throws `StdinNotAllowedError`, or `KeyboardInterrupt`. */
  ask(caller: string, prompt: string, password = false): string {
    this.#request(caller, prompt, password);
    for (;;) {
      const received = receiveMessageOnPort(this.#port);
      if (received) return answer(received.message);
      Atomics.wait(this.#signals, Signal.input, 0);
      Atomics.store(this.#signals, Signal.input, 0);
    }
  }

  /** Resolves with the user's answer. Rejects as `ask` throws. */
  askLater(caller: string, prompt: string, password = false): Promise<string> {
    const turn = this.#last.then(() => {
      this.#request(caller, prompt, password);
      return new Promise<string>((resolve, reject) => {
        this.#port.once("message", (reply: InputReply) => {
          this.#port.unref();
          try {
            resolve(answer(reply));
          } catch (error) {
            reject(error);
          }
        });
      });
    });
    this.#last = turn.catch(() => {});
    return turn;
  }

  /** @throws {StdinNotAllowedError} where the current cell may not ask, for `caller` */
  check(caller: string): Cell {
    const cell = currentCell();
    if (cell?.allowStdin) return cell;
    throw new StdinNotAllowedError(
      `${caller} asks the user, but this front end takes no input (allow_stdin is false). ` +
        "Give the value in a variable, or run the notebook where a person can answer.",
    );
  }

  #request(caller: string, prompt: string, password: boolean): void {
    const cell = this.check(caller);
    Atomics.store(this.#signals, Signal.input, 0);
    while (receiveMessageOnPort(this.#port)); // an answer that came after its question was given up
    this.#output.send({ type: "input_request", parent: cell.parent, prompt: prompt.toWellFormed(), password });
  }
}

function answer(reply: InputReply): string {
  if (reply.type === "interrupt") throw keyboardInterrupt();
  return reply.value;
}

/** Defines the functions for cells. */
export function installInput(input: Input): void {
  const define = (name: string, value: unknown): void => {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true, enumerable: false });
  };
  define("prompt", (message = "", initial = ""): string | null => {
    const given = input.ask("prompt()", initial === "" ? `${message} ` : `${message} [${initial}] `);
    return given === "" ? String(initial) : given;
  });
  define("confirm", (message = "Confirm"): boolean =>
    /^y(es)?$/i.test(input.ask("confirm()", `${message} [y/N] `).trim()),
  );
  define("alert", (message = "Alert"): void => {
    input.ask("alert()", `${message} [Enter] `);
  });
  define("input", (message = ""): Promise<string> => input.askLater("input()", String(message)));
  define("password", (message = "Password: "): Promise<string> => input.askLater("password()", String(message), true));
}
