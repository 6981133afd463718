// The frame of a page: head, header, main part, footer.

import type { Element, ElementContent, Root } from "hast";
import { toHtml } from "hast-util-to-html";
import { h } from "hastscript";
import { type Assets, contentPolicy } from "./assets.ts";

export type Theme = "light" | "dark" | "auto";

export interface DocumentParts {
  title: string;
  description: string;
  theme: Theme;
  assets: Assets;
  /** Rules of this page alone. */
  css: string;
  /** Whether scripts of the notebook may run. */
  trust: boolean;
  /** The link at the top left. */
  home: { href: string; text: string } | undefined;
  /** Beside the main part, or above it where there is no room. */
  aside: ElementContent[];
  main: ElementContent[];
  footer: ElementContent[];
}

/** Ids of the frame; a notebook cannot take them. */
export const MAIN_ID = "page-main";

export function renderDocument(parts: DocumentParts): string {
  const { theme } = parts;
  const root: Root = {
    type: "root",
    children: [{ type: "doctype" }, h("html", { lang: "en", dataTheme: theme }, [head(parts), body(parts)])],
  };
  return `${toHtml(root, { characterReferences: { useNamedReferences: true } })}\n`;
}

function head({ title, description, assets, css, trust }: DocumentParts): Element {
  const policy = trust ? [] : [h("meta", { httpEquiv: "Content-Security-Policy", content: contentPolicy(assets) })];
  return h("head", [
    h("meta", { charSet: "utf-8" }),
    ...policy,
    h("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
    h("meta", { name: "color-scheme", content: "light dark" }),
    h("title", title),
    h("meta", { name: "description", content: description }),
    h("meta", { name: "generator", content: "loopbook export" }),
    // Without one, a browser asks the server for /favicon.ico.
    h("link", { rel: ["icon"], href: ICON }),
    h("style", assets.css + css),
    h("script", assets.theme),
  ]);
}

const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="5.5" fill="none" stroke="#3b6fd4" stroke-width="3"/></svg>',
)}`;

function body({ home, aside, main, footer, assets }: DocumentParts): Element {
  return h("body", [
    h("a", { className: ["skip"], href: `#${MAIN_ID}` }, "Skip to the content"),
    h("header", { className: ["top"] }, [
      ...(home ? [h("a", { className: ["home"], href: home.href }, home.text)] : []),
    ]),
    h("div", { className: ["columns"] }, [...aside, h("main", { id: MAIN_ID, tabIndex: -1 }, main)]),
    h("footer", { className: ["bottom"] }, footer),
    h("script", assets.page),
  ]);
}
