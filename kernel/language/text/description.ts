// What is known of a name, as plain text, Markdown and HTML.

export interface Description {
  signature: string;
  /** Markdown. */
  documentation: string;
  value?: string | undefined;
  source?: string | undefined;
}

/** The mime bundle of an inspect_reply. */
export async function bundle(description: Description, withSource: boolean): Promise<{ [mimeType: string]: string }> {
  const { signature, documentation, value } = description;
  // The type of a constant, and the signature of a member of an enum, say the value already.
  const head = value === undefined || signature.endsWith(` ${value}`) ? signature : `${signature} = ${value}`;
  const source = withSource && description.source ? description.source : undefined;
  const present = (parts: (string | undefined)[]): string[] =>
    parts.filter((part) => part !== undefined && part !== "").map(String);
  return {
    "text/plain": present([head, plain(documentation), source]).join("\n\n"),
    "text/markdown": present([fence(head), documentation, source && fence(source)]).join("\n\n"),
    "text/html": present([pre(head), await html(documentation), source && pre(source)]).join("\n"),
  };
}

const fence = (code: string): string => `\`\`\`typescript\n${code}\n\`\`\``;
const pre = (code: string): string => `<pre><code class="language-typescript">${escaped(code)}</code></pre>`;

/** The marks that doc comments use, taken away. */
const plain = (markdown: string): string =>
  markdown
    .replace(/^```\w*\n?|\n?```$/gm, "")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/`([^`\n]+)`|\*\*?(?=\S)([^*\n]+?)(?<=\S)\*\*?/g, (_, code = "", marked = "") => code + marked);

/** HTML in a doc comment is shown as it is written. */
async function html(markdown: string): Promise<string> {
  if (markdown === "") return "";
  // Loaded at first use: most of what is asked has no documentation, or is shown as Markdown.
  const { default: MarkdownIt } = await import("markdown-it");
  return new MarkdownIt().render(markdown).trim();
}

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
