// The maths of Jupyter's markdown: $…$, $$…$$, \\(…\\), \\[…\\] and \begin{…}…\end{…}. Marked here, drawn by maths.ts.

import type MarkdownIt from "markdown-it";
import type { ParserBlock, ParserInline } from "markdown-it";

type InlineRule = Parameters<ParserInline["ruler"]["push"]>[1];
type BlockRule = Parameters<ParserBlock["ruler"]["push"]>[1];
type Markdown = ReturnType<typeof MarkdownIt>;

/** Where inline maths starts at the beginning of a text. No digit after the closing `$`: "$5 and $6" are prices. */
const INLINE: readonly { pattern: RegExp; display: boolean }[] = [
  { pattern: /^\$\$([\s\S]+?)\$\$/, display: true },
  { pattern: /^\$(?!\s)((?:\\[\s\S]|[^\\$])+?)(?<!\s)\$(?!\d)/, display: false },
  { pattern: /^\\\\\(([\s\S]+?)\\\\\)/, display: false },
  { pattern: /^\\\\\[([\s\S]+?)\\\\\]/, display: true },
  { pattern: /^(\\begin\{(\w+\*?)\}[\s\S]*?\\end\{\2\})/, display: true },
];

/** The same as a block of its own: what starts it, and what ends it. */
const BLOCK = [
  { start: /^\s*\$\$/, whole: /^\s*\$\$([\s\S]+?)\$\$\s*$/ },
  { start: /^\s*\\\\\[/, whole: /^\s*\\\\\[([\s\S]+?)\\\\\]\s*$/ },
  { start: /^\s*\\begin\{\w+\*?\}/, whole: /^\s*(\\begin\{(\w+\*?)\}[\s\S]*?\\end\{\2\})\s*$/ },
];

/** Characters of inline maths: what never ends is not looked for to the end, again and again. */
const LONGEST = 5000;

const inline: InlineRule = (state, silent) => {
  const first = state.src[state.pos];
  if (first !== "$" && first !== "\\") return false;
  const rest = state.src.slice(state.pos, Math.min(state.posMax, state.pos + LONGEST));
  for (const { pattern, display } of INLINE) {
    const [whole, tex] = pattern.exec(rest) ?? [];
    if (whole === undefined || tex === undefined) continue;
    if (!silent) {
      const token = state.push("maths", "span", 0);
      token.content = tex;
      token.hidden = display;
      token.markup = display ? "display" : "inline";
    }
    state.pos += whole.length;
    return true;
  }
  return false;
};

const block: BlockRule = (state, startLine, endLine, silent) => {
  const firstLine = state.getLines(startLine, startLine + 1, state.blkIndent, false);
  const kind = BLOCK.find(({ start }) => start.test(firstLine));
  if (!kind) return false;
  for (let end = startLine + 1; end <= endLine; end++) {
    const text = state.getLines(startLine, end, state.blkIndent, false);
    const [, tex] = kind.whole.exec(text) ?? [];
    if (tex === undefined) {
      if (end < endLine && state.isEmpty(end)) return false;
      continue;
    }
    if (silent) return true;
    const token = state.push("maths", "div", 0);
    token.block = true;
    token.content = tex;
    token.markup = "display";
    token.map = [startLine, end];
    state.line = end;
    return true;
  }
  return false;
};

/** Adds the syntax to a markdown-it. */
export function addMaths(markdown: Markdown): void {
  markdown.inline.ruler.before("escape", "maths", inline);
  markdown.block.ruler.before("fence", "maths", block, { alt: ["paragraph", "reference", "blockquote", "list"] });
  markdown.renderer.rules.maths = (tokens, index) => {
    const token = tokens[index];
    if (!token) return "";
    const { tag, markup, content } = token;
    return `<${tag} class="maths maths-${markup}">${markdown.utils.escapeHtml(content)}</${tag}>`;
  };
}
