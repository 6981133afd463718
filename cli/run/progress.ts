// What the user sees while notebooks run: a bar for each on a terminal, a line for each cell elsewhere.

import { stripVTControlCharacters } from "node:util";
import { type DrawLine, Screen } from "./screen.ts";

/** How a cell ended; `raised` is a failure that its tag `raises-exception` announces. */
export type CellEnd = "ok" | "failed" | "raised";

/** The progress of one notebook. */
export interface Progress {
  notebook(name: string, cells: number): void;
  cell(number: number, source: string): void;
  cellDone(number: number, seconds: number, end: CellEnd): void;
  /** A cell has failed after its end. */
  cellFailed(number: number): void;
  /** All cells have run, and some of their work has not ended. */
  waiting(): void;
  /** Prints something that stays. */
  print(write: () => void): void;
  /** The notebook is done with: take away what was only for the meantime. */
  end(): void;
}

/** The progress of several notebooks that run at once, and a way to print something between their bars. */
export interface ProgressBoard {
  progress(): Progress;
  print(write: () => void): void;
}

export function createBoard(stream: NodeJS.WriteStream): ProgressBoard {
  if (!stream.isTTY || process.env.TERM === "dumb")
    return { progress: () => new Lines(stream), print: (write) => write() };
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

  cellDone(number: number, seconds: number, end: CellEnd): void {
    this.#say(`cell ${number}/${this.#cells} ${end} ${seconds.toFixed(2)} s`);
  }

  cellFailed(number: number): void {
    this.#say(`cell ${number}/${this.#cells} failed after its end`);
  }

  waiting(): void {}

  print(write: () => void): void {
    write();
  }

  end(): void {}

  #say(text: string): void {
    this.#stream.write(`${this.#name}: ${text}\n`);
  }
}

const BAR_WIDTH = 24;

class Bar implements Progress {
  readonly #screen: Screen;
  readonly #line: DrawLine = () => this.#text();
  #name = "";
  #cells = 0;
  #done = 0;
  readonly #failed = new Set<number>();
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

  cellDone(number: number, _seconds: number, end: CellEnd): void {
    this.#done = number;
    if (end === "failed") this.#failed.add(number);
    this.#screen.draw();
  }

  cellFailed(number: number): void {
    this.#failed.add(number);
    this.#screen.draw();
  }

  waiting(): void {
    this.#source = "waiting for what its cells have left running";
    this.#screen.draw();
  }

  print(write: () => void): void {
    this.#screen.print(write);
  }

  end(): void {
    this.#screen.remove(this.#line);
  }

  #text(): string {
    const filled = this.#cells === 0 ? BAR_WIDTH : Math.round((this.#done / this.#cells) * BAR_WIDTH);
    const bar = "━".repeat(filled) + "╌".repeat(BAR_WIDTH - filled);
    const seconds = ((performance.now() - this.#started) / 1000).toFixed(1);
    const counts = `${this.#done}/${this.#cells}`.padStart(7);
    const failed = this.#failed.size > 0 ? `  ${this.#failed.size} failed` : "";
    return `${this.#name} ${bar} ${counts} ${seconds.padStart(6)} s${failed}  ${this.#source}`;
  }
}
