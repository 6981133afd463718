// The page from which the others are reached.

import { h } from "hastscript";
import type { Article } from "../article/article.ts";
import { duration } from "../article/duration.ts";
import type { Assets } from "./assets.ts";
import { renderDocument, type Theme } from "./document.ts";
import { pageAddress } from "./navigation.ts";

export interface Entry {
  file: string;
  article: Article;
}

export function renderIndexPage(title: string, entries: readonly Entry[], theme: Theme, assets: Assets): string {
  const articles = entries.map(({ article }) => article);
  const total = facts(`${counted(entries.length, "notebook")}`, {
    codeCells: sum(articles.map(({ codeCells }) => codeCells)),
    exercises: sum(articles.map(({ exercises }) => exercises)),
    seconds: articles.some(({ seconds }) => seconds !== undefined)
      ? sum(articles.map(({ seconds }) => seconds ?? 0))
      : undefined,
  });
  return renderDocument({
    title,
    description: total,
    theme,
    assets,
    css: "",
    trust: false,
    home: undefined,
    aside: [],
    main: [
      h("h1", title),
      h("p", { className: ["facts"] }, total),
      h(
        "ol",
        { className: ["course"] },
        entries.map(({ file, article }) =>
          h("li", { className: ["course-entry"] }, [
            h("h2", [h("a", { className: ["course-link"], href: pageAddress(file) }, article.title)]),
            ...(article.summary === "" ? [] : [h("p", article.summary)]),
            h("p", { className: ["facts"] }, facts(undefined, article)),
          ]),
        ),
      ),
    ],
    footer: [h("p", "Exported by loopbook.")],
  });
}

function facts(
  first: string | undefined,
  { codeCells, exercises, seconds }: Pick<Article, "codeCells" | "exercises" | "seconds">,
): string {
  return [
    ...(first === undefined ? [] : [first]),
    counted(codeCells, "code cell"),
    ...(exercises > 0 ? [counted(exercises, "exercise")] : []),
    ...(seconds === undefined ? [] : [`ran in ${duration(seconds)}`]),
  ].join(" · ");
}

const counted = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`;
const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
