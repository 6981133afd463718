// What a cell shows, as text that can be compared line by line.

import * as z from "zod/mini";
import type { CodeCell, Output } from "../../notebook/format.ts";
import { multilineString } from "../../notebook/multiline-string.ts";
import { isChart, withoutFigures, wordsOfChart, wordsOfMarkup } from "./figures.ts";

/** One thing that a cell shows: all of a stream, or one result, display or error. */
export interface Shown {
  /** What it is, for people: `stdout`, `result`, `display (image/svg+xml)`. */
  what: string;
  lines: readonly Line[];
}

export interface Line {
  text: string;
  /** The line without what may differ: equal lines have equal keys. */
  key: string;
}

const streamSchema = z.object({ name: z.string(), text: multilineString });
const displaySchema = z.object({ data: z.record(z.string(), z.unknown()) });
/** A note of type errors: whether one comes is chance. */
const noteSchema = z.object({ metadata: z.object({ loopbook: z.object({ types: z.literal(true) }) }) });
const errorSchema = z.object({ ename: z.string(), evalue: z.string(), traceback: z.array(z.string()) });

/**
 * All that a cell shows. The order within a stream is kept, and that of displays; between the two streams there is none,
 * because a warning comes when garbage is collected.
 */
export function shownBy(cell: CodeCell): Shown[] {
  const streams = ["stdout", "stderr"].flatMap((name) => {
    const written = streamText(cell, name);
    if (written === "") return [];
    const lines = plainLines(written);
    return [{ what: name, lines: name === "stderr" ? lines.map(withoutPlace) : lines }];
  });
  return [...streams, ...cell.outputs.flatMap(shownAsBundle)];
}

/** All that a cell wrote to a stream. */
export function streamText(cell: CodeCell, name: string): string {
  return cell.outputs
    .map((output) => (output.output_type === "stream" ? streamSchema.safeParse(output).data : undefined))
    .map((stream) => (stream?.name === name ? stream.text : ""))
    .join("");
}

function shownAsBundle(output: Output): Shown[] {
  if (noteSchema.safeParse(output).success) return [];
  if (output.output_type === "error") {
    const error = errorSchema.safeParse(output).data;
    if (!error) return [];
    return [
      { what: "error", lines: [...plainLines(`${error.ename}: ${error.evalue}`), ...traceback(error.traceback)] },
    ];
  }
  const bundle = displaySchema.safeParse(output).data?.data;
  if (!bundle) return [];
  const what = output.output_type === "execute_result" ? "result" : "display";
  return Object.keys(bundle)
    .toSorted()
    .map((type) => ({ what: type === "text/plain" ? what : `${what} (${type})`, lines: linesOf(type, bundle[type]) }));
}

function linesOf(type: string, body: unknown): Line[] {
  const read = multilineString.safeParse(body);
  if (!read.success) return plainLines(JSON.stringify(body, null, 1));
  if (type === "image/svg+xml" || type === "text/html") return wordsOfMarkup(read.data).map(asLine);
  // Bytes of a picture may differ with the version of what drew it.
  if (/^(?:image|audio|video)\//.test(type)) return [];
  return isChart(read.data) ? wordsOfChart(read.data).map(asLine) : plainLines(read.data);
}

/** The lines of a traceback that are about the cells: where the package lies differs from machine to machine. */
function traceback(lines: readonly string[]): Line[] {
  const all = plainLines(lines.join("\n"));
  return all.filter(({ key }) => !/^\s+at /.test(key) || /\bCell \[\d+\]/.test(key));
}

/**
 * A warning names its cell and, where the runtime took the trouble to note it, the function and the line: how often it does
 * depends on how much the program makes in a second.
 */
const withoutPlace = ({ text, key }: Line): Line => ({
  text,
  key: key.replace(/^(\s+at (?:async )?).*?(Cell \[\d+\]).*$/, "$1$2"),
});

const plainLines = (value: string): Line[] => (value === "" ? [] : value.replace(/\n$/, "").split("\n").map(asLine));

const asLine = (line: string): Line => ({ text: line, key: withoutFigures(line) });
