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

/** The cell that asked has ended before the user has answered. */
class UnansweredError extends Error {
  override readonly name = "UnansweredError";
}

interface Question {
  caller: string;
  cell: Cell;
  resolve(answer: string): void;
  reject(error: Error): void;
}

export class Input {
  readonly #output: Output;
  readonly #port: MessagePort;
  readonly #signals: Int32Array;
  #count = 0;
  /** What has been asked by `askLater` and not been answered. */
  readonly #open = new Map<number, Question>();
  /** Cells that have ended: front ends ask only while one runs. */
  readonly #ended = new WeakSet<Cell>();
  /** Waits of `input` and `password`: one question at a time. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(output: Output, port: MessagePort, signals: Int32Array) {
    this.#output = output;
    this.#port = port;
    this.#signals = signals;
  }

  /** Blocks until the user has answered. Throws `StdinNotAllowedError`, or `KeyboardInterrupt`. */
  ask(caller: string, prompt: string, password = false): string {
    const question = this.#request(this.check(caller), prompt, password);
    for (;;) {
      const reply = this.#received();
      if (reply?.type === "interrupt") throw keyboardInterrupt();
      if (reply?.question === question) return reply.value;
      if (reply) this.#receive(reply);
      else {
        Atomics.wait(this.#signals, Signal.input, 0);
        Atomics.store(this.#signals, Signal.input, 0);
      }
    }
  }

  /** Resolves with the user's answer. Rejects as `ask` throws, and where the cell ends before there is one. */
  askLater(caller: string, prompt: string, password = false): Promise<string> {
    const turn = this.#last.then(() => {
      const cell = this.check(caller);
      const question = this.#request(cell, prompt, password);
      return new Promise<string>((resolve, reject) => {
        if (this.#open.size === 0) this.#port.on("message", this.#receive);
        this.#open.set(question, { caller, cell, resolve, reject });
      });
    });
    this.#last = turn.catch(() => {});
    return turn;
  }

  /** A cell has ended: nobody answers any more what it has asked. */
  endOf(cell: Cell): void {
    this.#ended.add(cell);
    for (const [number, question] of this.#open) {
      if (question.cell !== cell) continue;
      const text = `${question.caller} was not answered before its cell ended. Await it in the cell: await input("Name? ")`;
      this.#close(number)?.reject(new UnansweredError(text));
    }
  }

  /** @throws {StdinNotAllowedError} where the current cell may not ask, for `caller` */
  check(caller: string): Cell {
    const cell = currentCell();
    if (!cell?.allowStdin)
      throw new StdinNotAllowedError(
        `${caller} asks the user, but this front end takes no input (allow_stdin is false). ` +
          "Give the value in a variable, or run the notebook where a person can answer.",
      );
    if (this.#ended.has(cell))
      throw new StdinNotAllowedError(
        `${caller} asks the user, but its cell has ended, and a front end asks only while one runs. ` +
          "Ask in the cell itself, and await what needs the answer there.",
      );
    return cell;
  }

  #request(cell: Cell, prompt: string, password: boolean): number {
    Atomics.store(this.#signals, Signal.input, 0);
    // What has come since is no interrupt of this question.
    for (let reply = this.#received(); reply; reply = this.#received()) this.#receive(reply);
    const question = ++this.#count;
    this.#output.send({
      type: "input_request",
      parent: cell.parent,
      question,
      prompt: prompt.toWellFormed(),
      password,
    });
    return question;
  }

  #received(): InputReply | undefined {
    return receiveMessageOnPort(this.#port)?.message;
  }

  /** An answer to a question that has been given up is for nobody. */
  readonly #receive = (reply: InputReply): void => {
    if (reply.type === "input_reply") this.#close(reply.question)?.resolve(reply.value);
    else for (const number of [...this.#open.keys()]) this.#close(number)?.reject(keyboardInterrupt());
  };

  #close(number: number): Question | undefined {
    const question = this.#open.get(number);
    this.#open.delete(number);
    if (question && this.#open.size === 0) {
      this.#port.off("message", this.#receive);
      this.#port.unref();
    }
    return question;
  }
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
