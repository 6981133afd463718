// TeX as MathML, which browsers draw by themselves: no fonts, no style sheet, and screen readers can speak it.

import type { ElementContent, Root } from "hast";
import { fromHtml } from "hast-util-from-html";
import { toString as textOf } from "hast-util-to-string";
import { h } from "hastscript";
import katex from "katex";
import { SKIP, visit } from "unist-util-visit";
import { contentOf } from "../html/fragment.ts";

export class Maths {
  /** What `\newcommand` and `\gdef` define holds for the rest of the notebook, as in Jupyter. */
  readonly #macros = {};

  /** TeX as it stands between its delimiters. */
  render(tex: string, display: boolean): ElementContent {
    try {
      const html = katex.renderToString(tex, {
        displayMode: display,
        output: "mathml",
        macros: this.#macros,
        globalGroup: true,
        strict: "ignore",
      });
      const content = contentOf(fromHtml(html, { fragment: true }));
      return display ? h("div", { className: ["maths-display"], tabIndex: 0 }, content) : h("span", content);
    } catch (error) {
      if (!(error instanceof katex.ParseError)) throw error;
      return h(display ? "pre" : "span", { className: ["maths-error"], title: error.message }, [h("code", tex)]);
    }
  }

  /** The output of a cell: TeX with or without its delimiters. */
  renderOutput(source: string): ElementContent {
    const text = source.trim();
    const [, double, single, bracket] = /^\$\$([\s\S]*)\$\$$|^\$([\s\S]*)\$$|^\\\[([\s\S]*)\\\]$/.exec(text) ?? [];
    return this.render(double ?? bracket ?? single ?? text, true);
  }

  /** Replaces what maths-syntax.ts has marked. */
  renderMarked(tree: Root): void {
    visit(tree, "element", (element, index, parent) => {
      const { className } = element.properties;
      if (!Array.isArray(className) || !className.includes("maths") || parent === undefined || index === undefined)
        return;
      parent.children[index] = this.render(textOf(element), className.includes("maths-display"));
      return SKIP;
    });
  }
}
