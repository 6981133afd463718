// The page of one notebook.

import { h } from "hastscript";
import type { Article } from "../article/article.ts";
import { duration } from "../article/duration.ts";
import type { Assets } from "./assets.ts";
import { renderDocument, type Theme } from "./document.ts";
import { type Neighbour, renderContents, renderPager } from "./navigation.ts";

export interface NotebookPage {
  article: Article;
  /** The notebook's file name. */
  source: string;
  css: string;
  theme: Theme;
  trust: boolean;
  assets: Assets;
  /** The index page, if there is one. */
  home: { href: string; text: string } | undefined;
  previous: Neighbour | undefined;
  next: Neighbour | undefined;
}

export function renderNotebookPage({ article, source, home, previous, next, ...rest }: NotebookPage): string {
  const contents = renderContents(article.headings);
  const pager = renderPager(previous, next);
  const ran = article.seconds === undefined ? "" : `, which ran in ${duration(article.seconds)}`;
  const cells = `${article.codeCells} code ${article.codeCells === 1 ? "cell" : "cells"}`;
  return renderDocument({
    ...rest,
    title: home ? `${article.title} · ${home.text}` : article.title,
    description: article.summary,
    home,
    aside: contents ? [contents] : [],
    main: [article.content, ...(pager ? [pager] : [])],
    footer: [h("p", [h("code", source), `: ${cells}${ran}. Exported by loopbook.`])],
  });
}
