// What a stranger's notebook can do to who opens its page: nothing.

import { fromHtml } from "hast-util-from-html";
import { toString as textOf } from "hast-util-to-string";
import { visit } from "unist-util-visit";
import { describe, expect, test } from "vitest";
import { HOSTILE_HTML } from "./every-output.ts";
import { code, mainOf, markdown, pageOf, shows } from "./notebooks.ts";

const FORBIDDEN =
  /<(script|style|iframe|object|embed|form|input|button|link|meta|base|foreignObject|animate|set|video|audio|template|noscript|math)[\s>/]|\son\w+=|javascript:|position:|url\(http|="(https?:)?\/\/evil|data:text/i;

/** Links are the one way to another site that stays: they wait for a click. */
const withoutLinks = (html: string) => html.replaceAll(/<a href="https:[^"]*" rel="noopener noreferrer"[^>]*>/g, "");

describe("untrusted", () => {
  test.each([
    ["the HTML of an output", shows({ "text/html": HOSTILE_HTML })],
    ["the HTML of markdown", markdown(HOSTILE_HTML.replaceAll("\n", " "))],
    ["markdown of an output", shows({ "text/markdown": HOSTILE_HTML })],
    ["SVG", shows({ "image/svg+xml": HOSTILE_HTML })],
    ["a raw cell", { ...markdown(HOSTILE_HTML), cell_type: "raw" as const, metadata: { raw_mimetype: "text/html" } }],
  ])("%s loads and runs nothing", async (_, cell) => {
    const html = withoutLinks(mainOf(await pageOf([cell])));
    expect(html).not.toMatch(FORBIDDEN);
  });

  test.each([
    ["<p onclick='x()' onmouseover=x()>text</p>", "<p>text</p>"],
    ["<a href='javascript:x()'>text</a>", "<a>text</a>"],
    ["<a href='&#106;ava\tscript:x()'>text</a>", "<a>text</a>"],
    [
      "<a href='https://example.com' target=_top ping=https://x>text</a>",
      '<a href="https://example.com" rel="noopener noreferrer">text</a>',
    ],
    ["<svg><foreignObject><p>x</p></foreignObject><circle r=3></circle></svg>", '<svg><circle r="3"></circle></svg>'],
    ["<svg><rect fill='url(https://x/#a)' stroke='red'/></svg>", '<svg><rect stroke="red"></rect></svg>'],
    ["<p style='color:red;position:fixed;background:url(x)'>text</p>", '<p style="color:red">text</p>'],
    ["<p style='margin-left:-999px;padding:1px'>text</p>", '<p style="padding:1px">text</p>'],
    ["<p style='color:\\72 ed'>text</p>", "<p>text</p>"],
    ["<p class='top alert-info hidden'>text</p>", '<p class="alert-info">text</p>'],
    ["<p role=banner>text</p>", "<p>text</p>"],
    ["<img name=body id=x src=data:text/html,x>", '<span class="unlinked">Picture: data:text/html,x</span>'],
  ])("%s", async (html, safe) => {
    expect(mainOf(await pageOf([shows({ "text/html": html })]))).toContain(`tabindex="0">${safe}</div>`);
  });

  test("scripts of outputs are shown, not run", async () => {
    const html = mainOf(await pageOf([shows({ "application/javascript": "alert(1)" })]));
    expect(html).toContain("A script, which was not run");
    expect(html).not.toContain("<script");
  });

  test("what is nested without end stops nothing", async () => {
    const deep = "<div>".repeat(50_000);
    const html = await pageOf([
      shows({ "text/html": deep }),
      shows({ "image/svg+xml": `<svg>${"<g>".repeat(50_000)}` }),
      markdown(`${deep}\n\n${"> ".repeat(5000)}x\n\n${"\\begin{a}".repeat(5000)}`),
      shows({ "application/json": JSON.parse(`${"[".repeat(3000)}${"]".repeat(3000)}`) }),
    ]);
    expect(html).toContain("nested too deeply");
  });

  test("text is text, wherever it stands", async () => {
    const text = "</code></pre><script>alert(1)</script>";
    const cells = [
      code(text, [{ output_type: "stream", name: "stdout", text }]),
      code("x", [{ output_type: "error", ename: text, evalue: text, traceback: [] }]),
      shows({ "text/plain": text }),
      shows({ "application/json": { [text]: text } }),
      shows({ "text/latex": text }),
      markdown(`# \`${text}\`\n\n$\\text{${text}}$\n\n\`\`\`\n${text}\n\`\`\``),
    ];
    const html = await pageOf(cells);
    const scripts: string[] = [];
    visit(fromHtml(html), "element", (element) => {
      if (element.tagName === "script") scripts.push(textOf(element));
    });
    expect(scripts).toHaveLength(2);
    expect(scripts.join()).not.toContain("alert");
  });

  test("the page tells the browser to load nothing and to run its own scripts only", async () => {
    const html = (await pageOf([])).replaceAll("&#x27;", "'");
    expect(html).toMatch(/<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:;/);
    expect(html).toMatch(/script-src 'sha256-[\w+/=]{44}' 'sha256-[\w+/=]{44}';/);
  });
});

describe("trusted", () => {
  const trusted = (cell: Parameters<typeof pageOf>[0][number]) => pageOf([cell], { trust: true });

  test("HTML and scripts stay as they are", async () => {
    const html = await trusted(shows({ "text/html": '<p id="a" onclick="x()">t</p><script>f("<b>")</script>' }));
    expect(mainOf(html)).toContain('<p id="a" onclick="x()">t</p><script>f("<b>")</script>');
    expect(html).not.toContain("Content-Security-Policy");
    expect(mainOf(await trusted(shows({ "application/javascript": "a < b" })))).toContain("<script>a < b</script>");
  });
});
