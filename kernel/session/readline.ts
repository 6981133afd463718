// `node:readline` on `process.stdin`: a question is one of the front end's, with its text beside the box; lines are asked for
// while somebody listens for them.

import type * as readlineModule from "node:readline";
import type * as promisesModule from "node:readline/promises";
import { currentCell } from "./cell.ts";
import type { Input } from "./input.ts";
import { CellInput } from "./standard-input.ts";

type Interface = readlineModule.Interface | promisesModule.Interface;
type Question = (this: Interface, ...args: unknown[]) => unknown;
interface Options {
  signal?: AbortSignal;
}

/** Changes both modules, of which the first has the second as `promises`. */
export function askThroughFrontEnd(module: typeof readlineModule, input: Input): void {
  const { promises } = module;
  for (const each of [module, promises]) {
    const { createInterface } = each;
    Reflect.set(each, "createInterface", (...args: unknown[]) => {
      const make = (): Interface => Reflect.apply(createInterface, each, args);
      const stream = inputOf(args[0]);
      if (!(stream instanceof CellInput)) return make();
      const made = stream.reader(make, (reader) => reader.listenerCount("line") > 0);
      made.on("newListener", (event) => {
        if (event !== "line") return;
        input.check("readline");
        stream.expectLine();
      });
      return made;
    });
  }

  const ask = (query: unknown, options: unknown): Promise<string> => {
    const answer = input.askLater("rl.question()", String(query));
    const { signal }: Options = typeof options === "object" && options !== null ? options : {};
    if (!signal) return answer;
    answer.catch(() => {});
    return Promise.race([answer, aborted(signal)]);
  };
  replaceQuestion(module.Interface.prototype, (query, ...rest) => {
    const callback = rest.at(-1);
    if (typeof callback !== "function") return;
    input.check("rl.question()");
    // The cell has not ended before its answer is dealt with. An interrupt ends the cell itself.
    const pending = currentCell()?.pending;
    const { promise: answered, resolve } = Promise.withResolvers<void>();
    pending?.add(answered);
    const end = (): void => {
      setImmediate(() => {
        pending?.delete(answered);
        resolve();
      });
    };
    ask(query, rest[0])
      .finally(end)
      .then(
        (answer) => callback(answer),
        () => {},
      );
  });
  replaceQuestion(promises.Interface.prototype, (query, options) => ask(query, options));
}

function replaceQuestion(prototype: object, ask: (query: unknown, ...rest: unknown[]) => unknown): void {
  const original: Question = Reflect.get(prototype, "question");
  const question: Question = function (this: Interface, ...args) {
    const [query, ...rest] = args;
    return readsCell(this) && !Reflect.get(this, "closed") ? ask(query, ...rest) : Reflect.apply(original, this, args);
  };
  Object.defineProperties(question, Object.getOwnPropertyDescriptors(original));
  Reflect.set(prototype, "question", question);
}

const readsCell = (reader: Interface): boolean => Reflect.get(reader, "input") instanceof CellInput;

/** `createInterface` takes the stream, or options with it. */
const inputOf = (first: unknown): unknown =>
  typeof first === "object" && first !== null && "input" in first ? first.input : first;

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const abort = (): void => reject(new DOMException("The operation was aborted", "AbortError"));
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
  });
