// A notebook as the article of a page.

import type { Element } from "hast";
import { h } from "hastscript";
import { EXIT, visit } from "unist-util-visit";
import * as z from "zod/mini";
import type { Cell, Notebook } from "../../notebook/format.ts";
import { plainText } from "../html/plain-text.ts";
import type { PageParts } from "../output/page-parts.ts";
import { cellMetadata } from "./cell-metadata.ts";
import { renderCodeCell } from "./code-cell.ts";
import { renderMarkdownCell, renderRawCell } from "./markdown-cell.ts";
import { type Heading, outline } from "./outline.ts";

export interface Article {
  title: string;
  /** The first words of the text. */
  summary: string;
  headings: Heading[];
  content: Element;
  codeCells: number;
  exercises: number;
  /** How long all cells ran together; undefined if no cell says. */
  seconds: number | undefined;
}

/** `name` is the title of a notebook that has none. */
export function renderArticle(notebook: Notebook, name: string, page: PageParts): Article {
  const content = h(
    "article",
    notebook.cells.flatMap((cell) => renderCell(cell, page) ?? []),
  );
  const { title, headings } = outline(content, page.ids);
  if (title === undefined) content.children.unshift(h("h1", name));
  const code = notebook.cells.filter((cell) => cell.cell_type === "code");
  const times = code.flatMap((cell) => cellMetadata(cell).seconds ?? []);
  return {
    title: title ?? name,
    summary: summaryOf(content),
    headings,
    content,
    codeCells: code.length,
    exercises: code.filter((cell) => cellMetadata(cell).tags.includes("exercise")).length,
    seconds: times.length === 0 ? undefined : times.reduce((sum, each) => sum + each, 0),
  };
}

function renderCell(cell: Cell, page: PageParts): Element | undefined {
  switch (cell.cell_type) {
    case "code":
      return renderCodeCell(cell, page);
    case "markdown":
      return renderMarkdownCell(cell, page);
    case "raw":
      return renderRawCell(cell, page);
  }
}

function summaryOf(article: Element): string {
  let summary = "";
  visit(article, "element", (element) => {
    const { className } = element.properties;
    if (Array.isArray(className) && (className.includes("code") || className.includes("jump"))) return "skip";
    if (element.tagName !== "p") return;
    summary = plainText(element).replaceAll(/\s+/g, " ").trim();
    return summary === "" ? undefined : EXIT;
  });
  return summary;
}

const languageSchema = z.object({
  kernelspec: z.optional(z.object({ language: z.optional(z.string()) })),
  language_info: z.optional(z.object({ name: z.optional(z.string()) })),
});

/** The language of the code cells, of which ours is the default. */
export function languageOf(notebook: Notebook): string {
  const metadata = languageSchema.safeParse(notebook.metadata);
  if (!metadata.success) return "typescript";
  return metadata.data.language_info?.name ?? metadata.data.kernelspec?.language ?? "typescript";
}
