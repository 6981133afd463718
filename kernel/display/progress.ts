// A bar that shows how far a loop is: one output, drawn again as the loop goes on.

import { getRunningLoop } from "../../runtime/index.ts";
import { inspected } from "./inspected.ts";
import { progressHtml, progressLine } from "./progress-bar.ts";
import { type Screen, screen } from "./screen.ts";

export interface ProgressOptions {
  /** What is going on, in front of the bar. */
  label?: string | undefined;
  /** How many items there are, where the items do not tell: without it there is a count, and no bar. */
  total?: number | undefined;
}

/** Seconds between two drawings at least. */
const INTERVAL = 0.1;

/** Outside of a notebook: one line of the terminal, written again and again; the last line alone where it is none. */
const terminal: Screen = {
  async display(value, { update = false } = {}) {
    const { "text/plain": line = "" }: { "text/plain"?: string } = Object(value);
    if (process.stderr.isTTY) process.stderr.write(update ? `\r\x1b[2K${line}` : line);
  },
  clearOutput() {},
};

/** The count of what is done, and its bar. Ends when it is disposed of, and then shows where it ended. */
export class Progress implements Disposable {
  label: string;
  readonly total: number | undefined;
  #done = 0;
  #ended = false;
  readonly #screen = screen(terminal);
  readonly #id: string = process.getBuiltinModule("node:crypto").randomUUID();
  readonly #began = now();
  #drawn: number;

  /** Use `progress`. */
  constructor({ label = "", total }: ProgressOptions) {
    this.label = label;
    this.total = total;
    this.#drawn = this.#began;
    this.#draw(false);
  }

  /** How many items are done. */
  get done(): number {
    return this.#done;
  }

  /** `count` more items are done. */
  advance(count = 1): void {
    this.#done += count;
    const time = now();
    if (this.#ended || time - this.#drawn < INTERVAL) return;
    this.#drawn = time;
    this.#draw(true);
  }

  [Symbol.dispose](): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#draw(true);
    if (this.#screen === terminal)
      process.stderr.write(process.stderr.isTTY ? "\n" : `${progressLine(this.#state())}\n`);
  }

  #state() {
    const { label, total } = this;
    return { label, total, done: this.#done, seconds: now() - this.#began, ended: this.#ended };
  }

  #draw(update: boolean): void {
    const state = this.#state();
    const bundle = { "text/plain": progressLine(state), "text/html": progressHtml(state) };
    void this.#screen.display(bundle, { raw: true, id: this.#id, update });
  }
}

/** Seconds by the clock of the loop, real or virtual. */
function now(): number {
  try {
    return getRunningLoop().time();
  } catch {
    return performance.now() / 1_000; // outside of any loop
  }
}

/**
 * Shows a bar while a loop goes over `items`, with how many are done, how many a second, and how long the rest takes. Of a number it
 * makes a bar that `advance` moves.
 *
 * @throws TypeError for what cannot be iterated
 * @example
 * for (const url of progress(urls, { label: "pages" })) await fetch(url);
 * @example
 * using bar = progress(3, { label: "steps" });
 * bar.advance();
 */
export function progress(total: number, options?: ProgressOptions): Progress;
export function progress<T>(items: Iterable<T>, options?: ProgressOptions): Generator<T, void, undefined>;
export function progress<T>(items: AsyncIterable<T>, options?: ProgressOptions): AsyncGenerator<T, void, undefined>;
export function progress<T>(
  items: number | Iterable<T> | AsyncIterable<T>,
  options: ProgressOptions = {},
): Progress | Generator<T, void, undefined> | AsyncGenerator<T, void, undefined> {
  if (typeof items === "number") return new Progress({ ...options, total: items });
  const target: unknown = items;
  if (typeof target === "string" || (typeof target === "object" && target !== null)) {
    if (Symbol.asyncIterator in Object(target)) return eachAsync(items as AsyncIterable<T>, options);
    if (Symbol.iterator in Object(target)) return each(items as Iterable<T>, options);
  }
  throw new TypeError(`progress(items) takes a number, or what a for loop takes, got ${inspected(items)}`);
}

function* each<T>(items: Iterable<T>, options: ProgressOptions): Generator<T, void, undefined> {
  using bar = new Progress({ total: sizeOf(items), ...options });
  for (const item of items) {
    yield item;
    bar.advance();
  }
}

async function* eachAsync<T>(items: AsyncIterable<T>, options: ProgressOptions): AsyncGenerator<T, void, undefined> {
  using bar = new Progress({ total: sizeOf(items), ...options });
  for await (const item of items) {
    yield item;
    bar.advance();
  }
}

function sizeOf(items: object | string): number | undefined {
  const { length, size }: { length?: unknown; size?: unknown } = Object(items);
  return [length, size].find((count) => typeof count === "number");
}
