// A cell of code: what it says, what it showed, and how long it took.

import type { Element, ElementContent } from "hast";
import { h } from "hastscript";
import type { CodeCell } from "../../notebook/format.ts";
import { renderOutput } from "../output/output.ts";
import { type CellMetadata, cellMetadata } from "./cell-metadata.ts";
import { duration } from "./duration.ts";
import { cellId } from "./markdown-cell.ts";
import type { PageParts } from "./page-parts.ts";
import { addQuiz } from "./quiz.ts";

export function renderCodeCell(cell: CodeCell, page: PageParts): Element | undefined {
  if (cell.source.trim() === "" && cell.outputs.length === 0) return undefined;
  const metadata = cellMetadata(cell);
  const name = cell.execution_count === null ? "Code cell" : `Code cell ${cell.execution_count}`;
  const input = cell.source.trim() === "" ? [] : [renderInput(cell.source, page)];
  const outputs = renderOutputs(cell, name, metadata, page);
  const count =
    cell.execution_count === null
      ? []
      : [h("span", { className: ["count"], ariaHidden: "true" }, `[${cell.execution_count}]`)];
  return h("div", { className: ["cell", "code"], id: cellId(cell, page), role: "group", ariaLabel: name }, [
    ...count,
    ...folded(input, outputs, metadata),
  ]);
}

const renderInput = (source: string, page: PageParts): Element =>
  h("div", { className: ["input"] }, [h("pre", { tabIndex: 0 }, [page.colours.code(source.trimEnd(), page.language)])]);

function renderOutputs(cell: CodeCell, label: string, { seconds, outputsHidden }: CellMetadata, page: PageParts) {
  const place = { label, timed: /\btimed\(/.test(cell.source) };
  const shown = cell.outputs.flatMap((output) => renderOutput(output, place, page) ?? []);
  addQuiz(shown);
  const time: Element[] =
    seconds === undefined
      ? []
      : [h("p", { className: ["time"] }, [h("span", { className: ["hidden"] }, "Measured time: "), duration(seconds)])];
  if (shown.length === 0) return time;
  const outputs = h("div", { className: ["outputs"] }, shown);
  return [...time, outputsHidden ? fold("Output", [outputs]) : outputs];
}

/** A solution is there for who asks for it. */
function folded(input: Element[], outputs: Element[], { tags, sourceHidden }: CellMetadata): ElementContent[] {
  if (tags.includes("solution")) return [fold("Solution", [...input, ...outputs], "solution")];
  if (sourceHidden && input.length > 0) return [fold("Code", input), ...outputs];
  return [...input, ...outputs];
}

const fold = (summary: string, content: ElementContent[], kind = "plain"): Element =>
  h("details", { className: ["fold", kind] }, [h("summary", summary), ...content]);
