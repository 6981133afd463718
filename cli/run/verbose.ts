// `--verbose`: what cells show, as it comes.

import type { Display, Published } from "../client/published.ts";
import { type Colourable, colouredFor } from "../colours.ts";
import { multilineString } from "../notebook/multiline-string.ts";

type Sink = Colourable & { write(text: string): unknown };

/** Where output goes: as in a terminal, results with what is printed, errors beside it. */
export interface OutputSinks {
  stdout: Sink;
  stderr: Sink;
}

/** Prints the outputs of one notebook in whole lines, so that those of several can be told apart. */
export class OutputPrinter {
  readonly #sinks: OutputSinks;
  readonly #prefix: string;
  readonly #print: (write: () => void) => void;
  /** What has been written of a line that has not ended, by stream and cell. */
  readonly #begun = new Map<string, { sink: Sink; line: string }>();

  /** `prefix` stands before each line; `print` calls what it is given when the terminal is free. */
  constructor(sinks: OutputSinks, prefix: string, print: (write: () => void) => void) {
    this.#sinks = sinks;
    this.#prefix = prefix;
    this.#print = print;
  }

  output(number: number, { type, content }: Published): void {
    switch (type) {
      case "stream":
        this.#add(`${content.name} ${number}`, this.#sinks[content.name], content.text);
        break;
      case "display_data":
      case "execute_result":
        this.#add(`stdout ${number}`, this.#sinks.stdout, `${shownAs(content)}\n`);
        break;
      case "error":
        this.flush();
        this.#add(
          `stderr ${number}`,
          this.#sinks.stderr,
          `${content.traceback.join("\n") || `${content.ename}: ${content.evalue}`}\n`,
        );
        break;
    }
  }

  /** Ends the lines that have not ended. */
  flush(): void {
    for (const { sink, line } of this.#begun.values()) if (line !== "") this.#write(sink, `${line}\n`);
    this.#begun.clear();
  }

  #add(key: string, sink: Sink, text: string): void {
    const whole = (this.#begun.get(key)?.line ?? "") + text;
    const end = whole.lastIndexOf("\n") + 1;
    this.#begun.set(key, { sink, line: whole.slice(end) });
    if (end > 0) this.#write(sink, whole.slice(0, end));
  }

  #write(sink: Sink, lines: string): void {
    const prefixed = this.#prefix === "" ? lines : lines.replaceAll(/^(?!$)/gm, this.#prefix);
    this.#print(() => sink.write(colouredFor(sink, prefixed)));
  }
}

/** A picture is only named. */
function shownAs({ data }: Display): string {
  const plain = multilineString.safeParse(data["text/plain"]).data;
  const types = Object.keys(data);
  if (plain !== undefined) return plain;
  return `[${types.join(", ") || "nothing"}]`;
}
