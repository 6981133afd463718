// What the user sees while notebooks run: a bar on a terminal, a line for each cell elsewhere.

import { stripVTControlCharacters } from "node:util";

export interface Progress {
  notebook(name: string, cells: number): void;
  cell(number: number, source: string): void;
  cellDone(number: number, seconds: number, failed: boolean): void;
  /** The notebook is done with: take away what was only for the meantime. */
  end(): void;
}

export const createProgress = (stream: NodeJS.WriteStream): Progress =>
  stream.isTTY ? new Bar(stream) : new Lines(stream);

class Lines implements Progress {
  readonly #stream: NodeJS.WritableStream;
  #name = "";
  #cells = 0;

  constructor(stream: NodeJS.WritableStream) {
    this.#stream = stream;
  }

  notebook(name: string, cells: number): void {
    this.#name = name;
    this.#cells = cells;
  }

  cell(): void {}

  cellDone(number: number, seconds: number, failed: boolean): void {
    const outcome = failed ? "failed" : "ok";
    this.#stream.write(`${this.#name}: cell ${number}/${this.#cells} ${outcome} ${seconds.toFixed(2)} s\n`);
  }

  end(): void {}
}

const BAR_WIDTH = 24;
const REDRAW_MS = 100;
const CLEAR_LINE = "\r\x1b[2K";

class Bar implements Progress {
  readonly #stream: NodeJS.WriteStream;
  #name = "";
  #cells = 0;
  #done = 0;
  #source = "";
  #started = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  notebook(name: string, cells: number): void {
    this.#name = name;
    this.#cells = cells;
    this.#done = 0;
    this.#source = "starting the kernel";
    this.#started = performance.now();
    this.#timer = setInterval(() => this.#draw(), REDRAW_MS);
    this.#draw();
  }

  cell(_number: number, source: string): void {
    this.#source = stripVTControlCharacters(source.trimStart().split("\n", 1).join("")).replaceAll("\t", " ");
    this.#draw();
  }

  cellDone(number: number): void {
    this.#done = number;
    this.#draw();
  }

  end(): void {
    clearInterval(this.#timer);
    this.#stream.write(CLEAR_LINE);
  }

  #draw(): void {
    const filled = this.#cells === 0 ? BAR_WIDTH : Math.round((this.#done / this.#cells) * BAR_WIDTH);
    const bar = "━".repeat(filled) + "╌".repeat(BAR_WIDTH - filled);
    const seconds = ((performance.now() - this.#started) / 1000).toFixed(1);
    const line = `${this.#name} ${bar} ${this.#done}/${this.#cells}  ${seconds} s  ${this.#source}`;
    this.#stream.write(CLEAR_LINE + line.slice(0, this.#stream.columns - 1));
  }
}
