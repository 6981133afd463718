// What the user sees while notebooks run: a bar for each on a terminal, a line for each cell elsewhere.

import { stripVTControlCharacters } from "node:util";
import { type DrawLine, Screen } from "./screen.ts";

/** The progress of one notebook. */
export interface Progress {
  notebook(name: string, cells: number): void;
  cell(number: number, source: string): void;
  cellDone(number: number, seconds: number, failed: boolean): void;
  /** The notebook is done with: take away what was only for the meantime. */
  end(): void;
}

/** The progress of several notebooks that run at once, and a way to print something between their bars. */
export interface ProgressBoard {
  progress(): Progress;
  print(write: () => void): void;
}

export function createBoard(stream: NodeJS.WriteStream): ProgressBoard {
  if (!stream.isTTY) return { progress: () => new Lines(stream), print: (write) => write() };
  const screen = new Screen(stream);
  return { progress: () => new Bar(screen), print: (write) => screen.print(write) };
}

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

class Bar implements Progress {
  readonly #screen: Screen;
  readonly #line: DrawLine = () => this.#text();
  #name = "";
  #cells = 0;
  #done = 0;
  #source = "";
  #started = 0;

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  notebook(name: string, cells: number): void {
    this.#name = name;
    this.#cells = cells;
    this.#done = 0;
    this.#source = "starting the kernel";
    this.#started = performance.now();
    this.#screen.add(this.#line);
  }

  cell(_number: number, source: string): void {
    this.#source = stripVTControlCharacters(source.trimStart().split("\n", 1).join("")).replaceAll("\t", " ");
    this.#screen.draw();
  }

  cellDone(number: number): void {
    this.#done = number;
    this.#screen.draw();
  }

  end(): void {
    this.#screen.remove(this.#line);
  }

  #text(): string {
    const filled = this.#cells === 0 ? BAR_WIDTH : Math.round((this.#done / this.#cells) * BAR_WIDTH);
    const bar = "━".repeat(filled) + "╌".repeat(BAR_WIDTH - filled);
    const seconds = ((performance.now() - this.#started) / 1000).toFixed(1);
    const counts = `${this.#done}/${this.#cells}`.padStart(7);
    return `${this.#name} ${bar} ${counts} ${seconds.padStart(6)} s  ${this.#source}`;
  }
}
