// Notebooks to export, written where a test wants them.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { renderSite, type SiteOptions } from "../../../cli/export/site.ts";
import { findSources } from "../../../cli/export/sources.ts";
import { parseNotebook } from "../../../cli/notebook/format.ts";

export interface CellSpec {
  cell_type: "code" | "markdown" | "raw";
  source: string;
  metadata: { [name: string]: unknown };
  [name: string]: unknown;
}

export const markdown = (source: string, extra: { [name: string]: unknown } = {}): CellSpec => ({
  cell_type: "markdown",
  source,
  metadata: {},
  ...extra,
});

export const code = (source: string, outputs: unknown[] = [], metadata: CellSpec["metadata"] = {}): CellSpec => ({
  cell_type: "code",
  source,
  metadata,
  outputs,
  execution_count: 1,
});

export const shows = (data: { [type: string]: unknown }, metadata: { [type: string]: unknown } = {}): CellSpec =>
  code("show()", [{ output_type: "display_data", data, metadata }]);

export const prints = (text: string, name = "stdout"): CellSpec =>
  code("print()", [{ output_type: "stream", name, text }]);

export class Workplace implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), "loopbook-export-"));

  notebook(cells: readonly CellSpec[], name = "test.ipynb", metadata: { [name: string]: unknown } = {}): string {
    const withIds = cells.map((cell, index) => ({ id: `c${index}`, ...cell }));
    return this.file(name, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells: withIds }));
  }

  file(name: string, content: string | Buffer): string {
    const path = join(this.folder, name);
    writeFileSync(path, content);
    return path;
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The page of a notebook of these cells, as text. */
export async function pageOf(cells: readonly CellSpec[], options: Partial<SiteOptions> = {}): Promise<string> {
  using place = new Workplace();
  const [page] = await pagesOf([place.notebook(cells)], options);
  return page?.html ?? "";
}

export async function pagesOf(files: readonly string[], options: Partial<SiteOptions> = {}) {
  const notebooks = findSources(files).map((source) => ({
    source,
    notebook: parseNotebook(readFileSync(source.path, "utf8")),
  }));
  const site = await renderSite(notebooks, { theme: "auto", trust: false, title: "Notebooks", ...options });
  return site.pages;
}

/** What stands in the `<main>` of a page. */
export const mainOf = (html: string): string => /<main[^>]*>([\s\S]*)<\/main>/.exec(html)?.[1] ?? "";
