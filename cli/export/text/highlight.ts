// Code in colours. A pair of colours, for light and dark, is a class: a page says each pair once.

import type { Element, ElementContent } from "hast";
import { h } from "hastscript";
import { createHighlighterCore, type HighlighterCore } from "shiki/core";
import { createJavaScriptRegexEngine } from "shiki/engine/javascript";

const LIGHT = "github-light-default";
const DARK = "github-dark-default";
const LANGUAGES = ["typescript", "javascript", "json", "shellscript", "python", "html", "css"];
const ALIASES = new Map([
  ...["ts", "mts", "cts", "tsx"].map((name) => [name, "typescript"] as const),
  ...["js", "mjs", "cjs", "jsx", "node"].map((name) => [name, "javascript"] as const),
  ...["sh", "bash", "zsh", "shell", "console", "shell-session"].map((name) => [name, "shellscript"] as const),
  ...["py", "python3", "ipython", "ipython3"].map((name) => [name, "python"] as const),
  ...["xml", "svg", "htm"].map((name) => [name, "html"] as const),
  ["jsonc", "json"] as const,
]);

/** Colours of the themes that are too faint on the tint of a code cell (WCAG AA asks for 4.5:1). */
const STRONGER = {
  [LIGHT]: { "#6e7781": "#59636e", "#953800": "#8a3300" },
  [DARK]: { "#8b949e": "#9198a1" },
};

let core: Promise<HighlighterCore> | undefined;

/** Loads the grammars and themes, once. */
export function loadHighlighter(): Promise<HighlighterCore> {
  core ??= createHighlighterCore({
    themes: [import("shiki/themes/github-light-default.mjs"), import("shiki/themes/github-dark-default.mjs")],
    langs: [
      import("shiki/langs/typescript.mjs"),
      import("shiki/langs/json.mjs"),
      import("shiki/langs/shellscript.mjs"),
      import("shiki/langs/python.mjs"),
      import("shiki/langs/html.mjs"),
    ],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  });
  return core;
}

/** Highlights the code of one page, and knows the colours that the page needs. */
export class CodeColours {
  readonly #core: HighlighterCore;
  readonly #classes = new Map<string, { name: string; light: string; dark: string }>();

  constructor(core: HighlighterCore) {
    this.#core = core;
  }

  /** A `<code>` element. Languages that are not known stay plain. */
  code(source: string, language: string): Element {
    const name = language.toLowerCase();
    const known = ALIASES.get(name) ?? name;
    if (!LANGUAGES.includes(known)) return h("code", source);
    const { tokens } = this.#core.codeToTokens(source, {
      lang: known,
      themes: { light: LIGHT, dark: DARK },
      defaultColor: false,
      colorReplacements: STRONGER,
    });
    const lines = tokens.map((line) => this.#line(line));
    return h(
      "code",
      { className: [`language-${known}`] },
      lines.flatMap((line, index) => (index === 0 ? line : [{ type: "text" as const, value: "\n" }, ...line])),
    );
  }

  /** The rules for the colours that were used. */
  css(): string {
    return [...this.#classes.values()]
      .map(({ name, light, dark }) => `.${name}{color:light-dark(${light},${dark})}`)
      .join("\n");
  }

  /** Neighbours of one colour are one element, and white space has none. */
  #line(tokens: readonly { content: string; htmlStyle?: string | { [property: string]: string } }[]): ElementContent[] {
    const runs: { className: string; text: string }[] = [];
    for (const { content, htmlStyle } of tokens) {
      const last = runs.at(-1);
      const className = typeof htmlStyle === "object" ? this.#className(htmlStyle) : "";
      if (last && (last.className === className || content.trim() === "")) last.text += content;
      else runs.push({ className: content.trim() === "" ? "" : className, text: content });
    }
    return runs.map(({ className, text }) =>
      className === "" ? { type: "text", value: text } : h("span", { className: [className] }, text),
    );
  }

  #className(style: { [property: string]: string }): string {
    const light = style["--shiki-light"] ?? "";
    const dark = style["--shiki-dark"] ?? "";
    if (!isColour(light) || !isColour(dark)) return "";
    // The colour of plain code.
    if (light.toLowerCase() === "#1f2328") return "";
    const key = `${light} ${dark}`;
    const known = this.#classes.get(key) ?? { name: `c${this.#classes.size}`, light, dark };
    this.#classes.set(key, known);
    return known.name;
  }
}

const isColour = (value: string): boolean => /^#[0-9a-f]{3,8}$/i.test(value);
