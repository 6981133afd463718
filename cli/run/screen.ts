// The lines at the foot of a terminal that are drawn again and again while notebooks run.

const REDRAW_MS = 100;

/** Draws one line, at most `columns` wide. */
export type DrawLine = (columns: number) => string;

export class Screen {
  readonly #stream: NodeJS.WriteStream;
  readonly #lines = new Set<DrawLine>();
  #drawn = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  /** Shows a line until it is removed. */
  add(line: DrawLine): void {
    this.#lines.add(line);
    this.#timer ??= setInterval(() => this.draw(), REDRAW_MS);
    this.draw();
  }

  remove(line: DrawLine): void {
    this.#lines.delete(line);
    this.draw();
    if (this.#lines.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Prints something that stays, above the lines. */
  print(write: () => void): void {
    this.#erase();
    write();
    this.draw();
  }

  draw(): void {
    this.#erase();
    const columns = this.#stream.columns - 1;
    for (const line of this.#lines) this.#stream.write(`${line(columns).slice(0, columns)}\n`);
    this.#drawn = this.#lines.size;
  }

  #erase(): void {
    if (this.#drawn > 0) this.#stream.write(`\x1b[${this.#drawn}A\r\x1b[J`);
    this.#drawn = 0;
  }
}
