// A notebook that has everything that the export knows how to show.

import { type CellSpec, code, markdown, prints, shows } from "./notebooks.ts";

/** A red pixel. */
export const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";

export const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 80" width="320" height="80">
<title>Two bars</title><defs><linearGradient id="fade"><stop offset="0" stop-color="#3b6fd4"/><stop offset="1" stop-color="#4ac26b"/></linearGradient></defs>
<rect x="0" y="10" width="300" height="20" fill="url(#fade)"/><rect x="0" y="45" width="120" height="20" fill="currentColor"/></svg>`;

export const STYLED_SVG = `<svg xmlns="http://www.w3.org/2000/svg" id="t" viewBox="0 0 700 60" width="700" height="60">
<style>#t .a{fill:#3b6fd4} #t > text{font:12px sans-serif;fill:#000} @media (prefers-color-scheme:dark){#t > text{fill:#fff}}</style>
<title>A timeline</title><rect class="a" x="0" y="10" width="600" height="20"/><text x="0" y="50">task A &amp; task B</text></svg>`;

const ESC = "\x1b[";

export const everyOutput: CellSpec[] = [
  markdown(`# Every output

One of each kind of text, code and output, with $e^{i\\pi} + 1 = 0$ in a line and as a block:

$$\\int_0^1 x^2\\,dx = \\frac{1}{3}$$

> A quotation with \`code\` and **strong** words.

| Left | Right |
|---|---:|
| one | \`sleep(1)\` |
| two | a longer cell with some more words in it |

1. first
2. second
   - nested

\`\`\`ts
const answer: Promise<number> = Promise.resolve(42); // a comment
\`\`\`

\`\`\`bash
npm start -- --clock virtual
\`\`\``),
  markdown("## Text and errors"),
  code(
    'const t = await timed("Three at once", () => gather(a(), b(), c()));',
    [{ output_type: "stream", name: "stdout", text: "A done\nThree at once: 3.01s\n" }],
    {
      execution: {
        "iopub.execute_input": "2026-11-21T08:52:29.000Z",
        "shell.execute_reply": "2026-11-21T08:52:32.010Z",
      },
    },
  ),
  prints(
    ["red", "green", "yellow", "blue", "magenta", "cyan"]
      .map(
        (name, index) =>
          `${ESC}3${index + 1}m${name}${ESC}0m ${ESC}1;9${index + 1}mbold${ESC}0m ${ESC}4${index + 1}mground${ESC}0m`,
      )
      .concat([
        `${ESC}38;5;208morange${ESC}0m ${ESC}38;2;255;240;150mpale${ESC}0m ${ESC}7minverse${ESC}0m ${ESC}2mfaint${ESC}0m`,
      ])
      .join("\n"),
  ),
  prints("RuntimeWarning: coroutine 'greet' was never awaited", "stderr"),
  code("await fails();", [
    {
      output_type: "error",
      ename: "TypeError",
      evalue: "x is not a function",
      traceback: [`${ESC}31mTypeError${ESC}39m: x is not a function`, `    at fails (${ESC}36mcell 4:2:9${ESC}39m)`],
    },
  ]),
  markdown("## Pictures and rich text"),
  shows({ "image/svg+xml": SVG, "text/plain": "bars" }),
  shows({ "image/svg+xml": STYLED_SVG }),
  shows({ "image/png": PNG, "text/plain": "a red pixel" }, { "image/png": { width: 40, height: 40 } }),
  shows({
    "text/html": "<h2>A heading</h2><table><tr><th>n</th><th>square</th></tr><tr><td>3</td><td>9</td></tr></table>",
  }),
  shows({ "text/markdown": "Text with *emphasis* and $a^2$." }),
  shows({ "text/latex": "$$\\sum_{k=1}^n k = \\frac{n(n+1)}{2}$$" }),
  shows({
    "application/json": { name: "Ada", tags: ["x", "y"], nested: { deep: { deeper: null, yes: true, n: 1.5 } } },
  }),
  shows({ "application/javascript": "alert('no')" }),
  markdown("## Folded"),
  markdown("### A question\n\nWhich colour has the sky?\n\na. green\nb. blue"),
  shows({
    "text/plain": "Sky: put a or b between the quotes, and run this cell.",
    "text/html":
      "<p>Sky: put a or b between the quotes, and run this cell.</p>\n<details><summary>All choices, explained</summary>\n" +
      "<p><strong>a</strong> is wrong. That is the grass.</p>\n<p><strong>b</strong> is <strong>right</strong>. It scatters most.</p>\n</details>",
  }),
  code("const solution = 42;", [{ output_type: "stream", name: "stdout", text: "solved\n" }], {
    tags: ["solution"],
    jupyter: { source_hidden: true },
  }),
  code("const hidden = true;", [{ output_type: "stream", name: "stdout", text: "shown\n" }], {
    jupyter: { source_hidden: true },
  }),
];

/** What somebody might put into a notebook to run code in, or learn about, whoever opens its page. */
export const HOSTILE_HTML = `
<script>document.title = "owned"</script>
<img src=x onerror="document.title='owned'"><img src="https://evil.example/pixel.png" alt="pixel">
<a href="javascript:document.title='owned'">click</a><a href=" java&#10;script:alert(1)">click</a><a href="data:text/html,<script>1</script>">data</a>
<svg><script>document.title="owned"</script><foreignObject><body onload="document.title='owned'"></body></foreignObject>
<a xlink:href="javascript:alert(1)"><text>x</text></a><animate attributeName="href" values="javascript:alert(1)"/>
<image href="https://evil.example/i.png"/><use href="https://evil.example/u.svg#a"/><rect fill="url(https://evil.example/f.svg#f)" onclick="alert(1)"/></svg>
<iframe src="https://evil.example"></iframe><object data="https://evil.example"></object><embed src="https://evil.example">
<form action="https://evil.example"><input name="body"><button>send</button></form>
<link rel="stylesheet" href="https://evil.example/s.css"><meta http-equiv="refresh" content="0;url=https://evil.example"><base href="https://evil.example">
<style>@import "https://evil.example/s.css"; body{display:none}</style>
<div style="position:fixed;inset:0;background:url(https://evil.example/b.png);font-weight:bold">cover</div>
<div style="background-image:u\\72l(https://evil.example/b.png)">escaped</div>
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;"></table></mtext></math>
<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>
<video src="https://evil.example/v.mp4" poster="https://evil.example/p.png"></video>
<p id="page-main" class="top">kept</p>`;
