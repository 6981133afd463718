// One output of a cell.

import type { Element, ElementContent } from "hast";
import { h } from "hastscript";
import type { Output } from "../../notebook/format.ts";
import { renderAnsi } from "./ansi.ts";
import { renderBundle } from "./mime-bundle.ts";
import type { PageParts } from "./page-parts.ts";
import { type CellOutput, outputSchema } from "./schema.ts";

/** What a cell showed; `name` says which cell it is of. */
export function renderOutput(raw: Output, name: string, page: PageParts): Element | undefined {
  const parsed = outputSchema.safeParse(raw);
  if (!parsed.success) {
    page.note(`${name}: an output of the type ${raw.output_type} is not understood`);
    return undefined;
  }
  const output = parsed.data;
  const content = contentOf(output, name, page);
  // Text wraps; what else is wide scrolls, also by keyboard.
  const scrolls = "data" in output && content.some((part) => part.type === "element" && part.tagName !== "pre");
  return h("div", { className: ["output", kindOf(output)], tabIndex: scrolls ? 0 : undefined }, content);
}

const kindOf = (output: CellOutput): string => (output.output_type === "stream" ? output.name : output.output_type);

function contentOf(output: CellOutput, name: string, page: PageParts): ElementContent[] {
  switch (output.output_type) {
    case "stream":
      return [h("pre", withTimes(output.text.replace(/\n$/, "")))];
    case "error": {
      const text = output.traceback.join("\n") || `${output.ename}: ${output.evalue}`;
      return [h("pre", renderAnsi(text.replace(/\n$/, "")))];
    }
    default:
      return renderBundle({ ...output, label: `${name}: picture` }, page);
  }
}

/** `timed` prints `label: 3.00s`, and so does what measures by other means: it stands out from what the program says. */
function withTimes(text: string): ElementContent[] {
  // Every second part is such a line.
  return text
    .split(/^(.+: \d+\.\d\ds)$/m)
    .flatMap((part, index) => (index % 2 === 1 ? [h("span", { className: ["timed"] }, part)] : renderAnsi(part)));
}
