// What the cells of a notebook file show, in the shortest form that tells it.

import { readFileSync } from "node:fs";
import { type Output, parseNotebook } from "../../cli/notebook/format.ts";

/** The outputs of each code cell, by the cell's id. */
export function outputsOf(file: string): { [id: string]: string[] } {
  const { cells } = parseNotebook(readFileSync(file, "utf8"));
  const code = cells.flatMap((cell) => (cell.cell_type === "code" ? [cell] : []));
  return Object.fromEntries(code.map(({ id = "", outputs }) => [id, outputs.map(short)]));
}

function short(output: Output): string {
  if (output.output_type === "stream") return `${output.name}: ${joined(output.text)}`;
  if (output.output_type === "error") return `error: ${output.ename}: ${output.evalue}`;
  const data = output.data;
  const plain = typeof data === "object" && data !== null && "text/plain" in data ? data["text/plain"] : undefined;
  return `${output.output_type}: ${joined(plain)}`;
}

const joined = (text: unknown): string => (Array.isArray(text) ? text.join("") : String(text));
