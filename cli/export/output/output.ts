// One output of a cell.

import type { Element, ElementContent } from "hast";
import { h } from "hastscript";
import type { Output } from "../../notebook/format.ts";
import type { PageParts } from "../article/page-parts.ts";
import { renderAnsi } from "./ansi.ts";
import { renderBundle } from "./mime-bundle.ts";
import { type CellOutput, outputSchema } from "./schema.ts";

/** What an output is of: the cell's number, and whether it measures (`timed`). */
export interface OutputPlace {
  label: string;
  timed: boolean;
}

export function renderOutput(raw: Output, place: OutputPlace, page: PageParts): Element | undefined {
  const parsed = outputSchema.safeParse(raw);
  if (!parsed.success) {
    page.note(`${place.label}: an output of the type ${raw.output_type} is not understood`);
    return undefined;
  }
  const output = parsed.data;
  const content = contentOf(output, place, page);
  // Text wraps; what else is wide scrolls, also by keyboard.
  const scrolls = "data" in output && content.some((part) => part.type === "element" && part.tagName !== "pre");
  return h("div", { className: ["output", kindOf(output)], tabIndex: scrolls ? 0 : undefined }, content);
}

const kindOf = (output: CellOutput): string => (output.output_type === "stream" ? output.name : output.output_type);

function contentOf(output: CellOutput, { label, timed }: OutputPlace, page: PageParts): ElementContent[] {
  switch (output.output_type) {
    case "stream": {
      const text = output.text.replace(/\n$/, "");
      return [h("pre", timed ? withTime(text) : renderAnsi(text))];
    }
    case "error": {
      const text = output.traceback.join("\n") || `${output.ename}: ${output.evalue}`;
      return [h("pre", renderAnsi(text.replace(/\n$/, "")))];
    }
    default:
      return renderBundle({ ...output, label: `${label}: picture` }, page);
  }
}

/** `timed` prints `label: 3.00s`: the measurement stands out from what the program says. */
function withTime(text: string): ElementContent[] {
  // Every second part is such a line.
  return text
    .split(/^(.+: \d+\.\d\ds)$/m)
    .flatMap((part, index) => (index % 2 === 1 ? [h("span", { className: ["timed"] }, part)] : renderAnsi(part)));
}
