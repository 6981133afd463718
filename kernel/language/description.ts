// What is known of a name, as plain text, Markdown and HTML.

export interface Description {
  signature: string;
  /** Markdown. */
  documentation: string;
  value?: string | undefined;
  source?: string | undefined;
}

/** The mime bundle of an inspect_reply. */
export function bundle(description: Description, withSource: boolean): { [mimeType: string]: string } {
  const { signature, documentation, value } = description;
  // The type of a constant, and the signature of a member of an enum, say the value already.
  const head = value === undefined || signature.endsWith(` ${value}`) ? signature : `${signature} = ${value}`;
  const source = withSource && description.source ? description.source : undefined;
  const present = (parts: (string | undefined)[]): string[] =>
    parts.filter((part) => part !== undefined && part !== "").map(String);
  return {
    "text/plain": present([head, plain(documentation), source]).join("\n\n"),
    "text/markdown": present([fence(head), documentation, source && fence(source)]).join("\n\n"),
    "text/html": present([pre(head), html(documentation), source && pre(source)]).join("\n"),
  };
}

const fence = (code: string): string => `\`\`\`typescript\n${code}\n\`\`\``;
const pre = (code: string): string => `<pre><code class="language-typescript">${escaped(code)}</code></pre>`;

/** The marks that doc comments use, taken away. */
const plain = (markdown: string): string =>
  markdown
    .replace(/^```\w*\n?|\n?```$/gm, "")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/\*\*?([^*\n]+)\*\*?|`([^`\n]+)`/g, (_, marked = "", code = "") => marked + code);

/** The marks that doc comments use, as HTML: blocks of code, paragraphs, `code` and emphasis. */
const html = (markdown: string): string =>
  markdown
    .split(/(```[\s\S]*?```)/)
    .map((part) => {
      const [, code] = /^```\w*\n?([\s\S]*?)\n?```$/.exec(part) ?? [];
      return code === undefined ? paragraphs(part) : pre(code);
    })
    .join("");

const paragraphs = (text: string): string =>
  text
    .split(/\n{2,}/)
    .filter((paragraph) => paragraph.trim() !== "")
    .map((paragraph) => `<p>${inline(escaped(paragraph.trim()))}</p>`)
    .join("\n");

const inline = (text: string): string =>
  text
    .replace(/`([^`\n]+)`/g, "<code>$1</code>")
    .replace(/\*\*([^*\n]+)\*\*/g, "<strong>$1</strong>")
    .replace(/\*([^*\n]+)\*/g, "<em>$1</em>");

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
