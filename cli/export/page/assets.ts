// The style sheet and the scripts that each page carries.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PACKAGE_ROOT } from "../../install/kernelspec.js";

const read = (name: string): string => readFileSync(join(PACKAGE_ROOT, "cli", "export", "assets", name), "utf8");

/** In this order: a later sheet wins over an earlier one. */
const SHEETS = ["base", "frame", "text", "contents", "cells", "terminal", "navigation", "print"];

export interface Assets {
  css: string;
  /** Runs before anything is drawn. */
  theme: string;
  /** Runs when the page is there. */
  page: string;
}

export const loadAssets = (): Assets => ({
  css: withoutComments(SHEETS.map((name) => read(`${name}.css`)).join("")),
  theme: read("theme.js"),
  page: read("page.js"),
});

const withoutComments = (css: string): string => css.replaceAll(/\/\*[\s\S]*?\*\/\n?/g, "").replaceAll(/\n\s+/g, "\n");

/**
 * What the browser may do on the page: show what is in it, and run the page's own scripts. The second line of defence, should
 * something get past the allow-list; and the reason why no request can leave the page.
 */
export function contentPolicy({ theme, page }: Assets): string {
  const hashes = [theme, page].map((script) => `'sha256-${createHash("sha256").update(script).digest("base64")}'`);
  return [
    "default-src 'none'",
    "img-src data:",
    "style-src 'unsafe-inline'",
    `script-src ${hashes.join(" ")}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}
