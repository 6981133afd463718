// Notebooks to pages, as text; nothing is written here.

import { dirname } from "node:path";
import type { Notebook } from "../notebook/format.ts";
import { type Article, languageOf, renderArticle } from "./article/article.ts";
import { Ids } from "./html/ids.ts";
import { imageLoader, LinkedFiles } from "./linked-files.ts";
import type { PageParts } from "./output/page-parts.ts";
import { loadAssets } from "./page/assets.ts";
import { MAIN_ID, type Theme } from "./page/document.ts";
import { renderIndexPage } from "./page/index-page.ts";
import { renderNotebookPage } from "./page/notebook-page.ts";
import { INDEX, type LoadedSource, type Source } from "./sources.ts";
import { CodeColours, loadHighlighter } from "./text/highlight.ts";
import { Maths } from "./text/maths.ts";

export interface SiteOptions {
  theme: Theme;
  trust: boolean;
  /** Of the index page. */
  title: string;
}

interface Page {
  file: string;
  html: string;
  /** What its author should know. */
  notes: string[];
  source: Source | undefined;
}

export interface Site {
  pages: Page[];
  linked: LinkedFiles;
}

/** One page for each notebook, and an index page if there are several. */
export async function renderSite(notebooks: readonly LoadedSource[], options: SiteOptions): Promise<Site> {
  const { theme, trust, title } = options;
  const highlighter = await loadHighlighter();
  const assets = loadAssets();
  const linked = new LinkedFiles(notebooks.map(({ source }) => source));
  const drafts = notebooks.map(({ source, notebook }) => {
    const notes: string[] = [];
    const colours = new CodeColours(highlighter);
    const article = articleOf(notebook, source, { trust, colours, linked, notes });
    return { source, file: source.page, article, notes, css: colours.css() };
  });
  const home = drafts.length > 1 ? { href: INDEX, text: title } : undefined;
  const pages = drafts.map(({ source, article, notes, css }, index): Page => {
    const html = renderNotebookPage({
      article,
      source: source.page.replace(/\.html$/, ".ipynb"),
      css,
      theme,
      trust,
      assets,
      home,
      previous: neighbour(drafts[index - 1]),
      next: neighbour(drafts[index + 1]),
    });
    return { file: source.page, html, notes, source };
  });
  if (home)
    pages.push({ file: INDEX, html: renderIndexPage(title, drafts, theme, assets), notes: [], source: undefined });
  return { pages, linked };
}

const neighbour = (draft: { file: string; article: Article } | undefined) =>
  draft && { file: draft.file, title: draft.article.title };

function articleOf(
  notebook: Notebook,
  source: Source,
  { trust, colours, linked, notes }: { trust: boolean; colours: CodeColours; linked: LinkedFiles; notes: string[] },
): Article {
  const folder = dirname(source.path);
  const ids = new Ids();
  ids.claim(MAIN_ID);
  const page: PageParts = {
    trust,
    language: languageOf(notebook),
    ids,
    maths: new Maths(),
    colours,
    resolveLink: linked.resolver(folder),
    loadImage: imageLoader(folder),
    note: (text) => notes.push(text),
  };
  return renderArticle(notebook, source.page.replace(/\.html$/, ""), page);
}
