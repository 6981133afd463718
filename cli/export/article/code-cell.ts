// A cell of code: what it says, what it showed, and how long it took.

import type { Element, ElementContent } from "hast";
import { h } from "hastscript";
import type { CodeCell } from "../../notebook/format.ts";
import { renderOutput } from "../output/output.ts";
import type { PageParts } from "../output/page-parts.ts";
import { type CellMetadata, cellMetadata } from "./cell-metadata.ts";
import { duration } from "./duration.ts";
import { cellId } from "./markdown-cell.ts";
import { addQuiz } from "./quiz.ts";

export function renderCodeCell(cell: CodeCell, page: PageParts): Element | undefined {
  if (cell.source.trim() === "" && cell.outputs.length === 0) return undefined;
  const metadata = cellMetadata(cell);
  const name = cell.execution_count === null ? "Code cell" : `Code cell ${cell.execution_count}`;
  const outputs = cell.outputs.flatMap((output) => renderOutput(output, name, page) ?? []);
  const asks = addQuiz(outputs);
  // What asks a question on a page cannot be run there: its code would only be in the way.
  const input = cell.source.trim() === "" || asks ? [] : [renderInput(cell.source, page)];
  return h("div", { className: ["cell", "code"], id: cellId(cell, page), role: "group", ariaLabel: name }, [
    ...(asks ? [] : renderMargin(cell.execution_count, metadata.seconds)),
    ...folded(input, outputs, metadata),
  ]);
}

const renderInput = (source: string, page: PageParts): Element =>
  h("div", { className: ["input"] }, [h("pre", { tabIndex: 0 }, [page.colours.code(source.trimEnd(), page.language)])]);

/** What Jupyter shows beside a cell: its number (which is in its name, too) and how long it took. */
function renderMargin(count: number | null, seconds: number | undefined): Element[] {
  const parts = [
    ...(count === null ? [] : [h("span", { className: ["count"], ariaHidden: "true" }, `[${count}]`)]),
    ...(seconds === undefined
      ? []
      : [
          h("span", { className: ["time"] }, [
            h("span", { className: ["hidden"] }, "Measured time: "),
            duration(seconds),
          ]),
        ]),
  ];
  return parts.length === 0 ? [] : [h("div", { className: ["margin"] }, parts)];
}

/** A solution is there for who asks for it. */
function folded(
  input: Element[],
  outputs: Element[],
  { tags, sourceHidden, outputsHidden }: CellMetadata,
): ElementContent[] {
  const all = outputs.length === 0 ? [] : [h("div", { className: ["outputs"] }, outputs)];
  const shown = outputsHidden && all.length > 0 ? [fold("Output", all)] : all;
  if (tags.includes("solution")) return [fold("Solution", [...input, ...shown])];
  if (sourceHidden && input.length > 0) return [fold("Code", input), ...shown];
  return [...input, ...shown];
}

const fold = (summary: string, content: ElementContent[]): Element =>
  h("details", { className: ["fold"] }, [h("summary", summary), ...content]);
