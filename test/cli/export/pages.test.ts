// What becomes of a notebook on its page.

import { describe, expect, test } from "vitest";
import { everyOutput, PNG, STYLED_SVG, SVG } from "./every-output.ts";
import { code, mainOf, markdown, pageOf, pagesOf, prints, shows, Workplace } from "./notebooks.ts";

const main = async (...cells: Parameters<typeof pageOf>[0]) => mainOf(await pageOf(cells));

describe("outputs", () => {
  test("streams are text, and stderr is told apart", async () => {
    expect(await main(prints("a < b\n"))).toContain('<div class="output stdout"><pre>a &lt; b</pre></div>');
    expect(await main(prints("late", "stderr"))).toContain('<div class="output stderr"><pre>late</pre></div>');
  });

  test("escape codes of terminals become colours, and other codes go", async () => {
    const html = await main(
      prints("\x1b[31mred\x1b[0m \x1b[1;94mblue\x1b[22;39m plain\x1b[2K \x1b]8;;x\x07link\x1b]8;;\x07"),
    );
    expect(html).toContain(
      '<span class="ansi-red-fg">red</span> <span class="ansi-bright-blue-fg ansi-bold">blue</span> plain link',
    );
  });

  test("256 colours and true colours keep their value; a broken code does no harm", async () => {
    const html = await main(prints("\x1b[38;5;208ma\x1b[48;2;1;2;300mb\x1b[0m\x1b[38mc\x1b[999;;md\x1b"));
    expect(html).toContain('<span class="ansi-fg" style="--ansi-fg:#ff8700">a</span>');
    expect(html).toContain("--ansi-bg:#0102ff");
    expect(html).toContain("</span>cd</pre>");
  });

  test("a carriage return and a backspace overwrite what they would on a terminal", async () => {
    expect(await main(prints("10%\r50%\r100%\nab\bc\r\nend"))).toContain("<pre>100%\nac\nend</pre>");
  });

  test("errors show their traceback", async () => {
    const error = {
      output_type: "error",
      ename: "TypeError",
      evalue: "no",
      traceback: ["\x1b[31mTypeError\x1b[0m: no", "  at 1"],
    };
    expect(await main(code("x", [error]))).toContain(
      '<div class="output error"><pre><span class="ansi-red-fg">TypeError</span>: no\n  at 1</pre>',
    );
    expect(await main(code("x", [{ ...error, traceback: [] }]))).toContain("<pre>TypeError: no</pre>");
  });

  test("pictures are part of the page, with a text for who cannot see them", async () => {
    const metadata = { "image/png": { width: 40, height: 30, alt: "A dot" } };
    expect(await main(shows({ "image/png": PNG }, metadata))).toContain(
      `<img src="data:image/png;base64,${PNG}" alt="A dot" width="40" height="30">`,
    );
    for (const type of ["image/jpeg", "image/gif"])
      expect(await main(shows({ [type]: [`${PNG}\n`], "text/plain": "a dot" }))).toContain(
        `<img src="data:${type};base64,${PNG}" alt="a dot">`,
      );
    expect(await main(shows({ "image/png": '"><script>' }))).toContain("cannot be shown");
  });

  test("SVG without a style sheet is drawn in the page, named, with ids of its own", async () => {
    const html = await main(shows({ "image/svg+xml": SVG }), shows({ "image/svg+xml": SVG }));
    expect(html).toContain('viewBox="0 0 320 80"');
    expect(html).toContain('role="img" aria-label="Two bars"');
    expect(html).toContain('<linearGradient id="picture-fade">');
    expect(html).toContain('fill="url(#picture-fade)"');
    expect(html).toContain('fill="url(#picture-2-fade)"');
  });

  test("SVG with a style sheet is an image, so that the sheet dresses nothing else", async () => {
    const html = await main(shows({ "image/svg+xml": STYLED_SVG }));
    const [, data = ""] =
      /<img src="data:image\/svg\+xml;base64,([^"]+)" alt="A timeline" width="700" height="60">/.exec(html) ?? [];
    const svg = Buffer.from(data, "base64").toString();
    expect(svg).toContain("<style><![CDATA[#t .a{fill:#3b6fd4} #t > text");
    expect(svg).toContain('<rect class="a" x="0" y="10" width="600" height="20" />');
    expect(svg).toContain("task A &#x26; task B");
  });

  test("maths is MathML, in outputs and in text; TeX that is wrong stays as it is", async () => {
    expect(await main(shows({ "text/latex": "$\\frac{1}{2}$" }))).toMatch(/<math [^>]*display="block"[\s\S]*<mfrac>/);
    const html = await main(
      markdown("A $x^2$ for $5 and $6.\n\n$$\na\n+ b\n$$\n\n\\begin{align}a &= b\\\\ c &= d\\end{align}\n\n$\\nope$"),
    );
    expect(html.match(/<math /g)).toHaveLength(3);
    expect(html).toContain("for $5 and $6.");
    expect(html).toMatch(/<span class="maths-error" title="[^"]*undefined[^"]*\\nope[^"]*"><code>\\nope<\/code>/i);
  });

  test("JSON is a tree that unfolds without scripts", async () => {
    const html = await main(shows({ "application/json": { a: [1, null, "x"], b: {} }, "text/plain": "{…}" }));
    expect(html).toContain('<details open><summary><span class="json-size">{2}</span></summary>');
    expect(html).toContain(
      '<details><summary><span class="json-key">a</span>: <span class="json-size">[3]</span></summary>',
    );
    expect(html).toContain('<span class="json-null">null</span>');
    expect(await main(shows({ "application/json": Array(500).fill(0) }))).toContain("… 300 more");
  });

  test("the richest form is shown, and what nobody knows is said", async () => {
    const both = await main(shows({ "text/plain": "plain", "text/markdown": "**rich**" }));
    expect(both).toContain("<strong>rich</strong>");
    expect(both).not.toContain("plain");
    expect(await main(shows({ "application/x-unknown": "?" }))).toContain(
      "cannot be shown on a page (application/x-unknown)",
    );
  });

  test("headings of an output are none of the page", async () => {
    expect(await main(markdown("# T"), shows({ "text/html": "<h1>Big</h1>" }))).toContain(
      '<p class="output-heading">Big</p>',
    );
  });
});

describe("cells", () => {
  test("code is highlighted for both themes", async () => {
    const html = await pageOf([code("const a: number = 1; // one")]);
    expect(html).toMatch(/<code class="language-typescript"><span class="c0">const <\/span>/);
    expect(html).toMatch(/\.c0\{color:light-dark\(#[\da-f]{6},#[\da-f]{6}\)\}/i);
  });

  test("a cell has its number, its measured time, and the line of `timed` stands out", async () => {
    const cell = code('await timed("Both", f)', [{ output_type: "stream", name: "stdout", text: "x\nBoth: 1.01s\n" }], {
      execution: {
        "iopub.execute_input": "2026-11-21T08:52:29.000Z",
        "shell.execute_reply": "2026-11-21T08:52:30.014Z",
      },
    });
    const html = await main(cell);
    expect(html).toContain('<span class="count" aria-hidden="true">[1]</span>');
    expect(html).toContain('<span class="time"><span class="hidden">Measured time: </span>1.01 s</span>');
    expect(html).toContain('<pre>x\n<span class="timed">Both: 1.01s</span></pre>');
  });

  test("a measurement stands out whoever made it, and nothing else does", async () => {
    const text = "CPU time: 0.08s\nready: soon\nslept for 1.00s\n";
    const html = await main(code('await measure("CPU")', [{ output_type: "stream", name: "stdout", text }]));
    expect(html).toContain('<pre><span class="timed">CPU time: 0.08s</span>\nready: soon\nslept for 1.00s</pre>');
  });

  test("metadata that is not as it should be counts as not there", async () => {
    const metadata = { tags: "solution", jupyter: 5, execution: { "iopub.execute_input": "yesterday" } };
    expect(await main(code("1", [], metadata))).not.toMatch(/<details|class="time"/);
  });

  test("a solution is folded with what it shows, hidden code alone", async () => {
    const printed = [{ output_type: "stream", name: "stdout", text: "ok" }];
    expect(await main(code("s", printed, { tags: ["solution"] }))).toMatch(
      /<details class="fold"><summary>Solution<\/summary><div class="input">[\s\S]*ok[\s\S]*<\/details>/,
    );
    expect(await main(code("s", printed, { jupyter: { source_hidden: true } }))).toMatch(
      /<summary>Code<\/summary>[\s\S]*<\/details><div class="outputs">/,
    );
  });

  test("a quiz's answers are marked for the buttons, and what cannot be done on a page is left out", async () => {
    const html = await main(...everyOutput.filter(({ outputs }) => JSON.stringify(outputs)?.includes("All choices")));
    expect(html).toContain('<details class="quiz">');
    expect(html).toContain('<p data-choice="a" data-verdict="wrong">');
    expect(html).toContain('<p data-choice="b" data-verdict="right">');
    expect(html).not.toContain("run this cell");
    expect(html).not.toContain("show()");
  });

  test("attachments and pictures of the folder are part of the page; remote ones are links", async () => {
    using place = new Workplace();
    place.file("dot.png", Buffer.from(PNG, "base64"));
    const file = place.notebook([
      markdown("![here](dot.png) ![kept](attachment:a%20b.png) ![far](https://example.com/x.png) ![gone](no.png)", {
        attachments: { "a b.png": { "image/png": PNG } },
      }),
    ]);
    const [page] = await pagesOf([file]);
    const html = mainOf(page?.html ?? "");
    expect(html).toContain(`<img src="data:image/png;base64,${PNG}" alt="here">`);
    expect(html).toContain(`<img src="data:image/png;base64,${PNG}" alt="kept">`);
    expect(html).toContain(
      '<a href="https://example.com/x.png" rel="noopener noreferrer" class="remote-image">far</a>',
    );
    expect(html).toContain('<span class="unlinked">gone</span>');
    expect(page?.notes).toHaveLength(2);
  });
});

describe("headings and ids", () => {
  test("there is one title, and no level is left out", async () => {
    const html = await main(markdown("# One\n\n### Deep"), markdown("# Two\n\n## Three\n\n<h6>Six</h6>"));
    expect(html.match(/<h\d/g)).toEqual(["<h1", "<h2", "<h2", "<h3", "<h4"]);
    expect(await main(markdown("## Only"))).toMatch(/<h1>test<\/h1>[\s\S]*<h2 id="Only">/);
  });

  test("addresses are Jupyter's, and every id is given once", async () => {
    const html = await pageOf([
      markdown("# T\n\n## Two words\n\n## Two words\n\n<p id='page-main'>x</p><p id='c'>y</p>"),
      shows({ "text/html": "<p id='c'>z</p><a href='#c'>there</a>" }),
      markdown("[up](#Two-words)"),
    ]);
    expect(html).toContain('<h2 id="Two-words">');
    expect(html).toContain('<h2 id="Two-words-2">');
    expect(html).toContain('<a href="#output-c">there</a>');
    expect(html).toContain('<a href="#Two-words">up</a>');
    const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(ids.toSorted()).toEqual([...new Set(ids)].toSorted());
  });

  test("the contents list the headings of levels 2 and 3", async () => {
    const html = await pageOf([markdown("# T\n\n## A `b`\n\n### C $x$\n\n#### D\n\n## E")]);
    expect(html).toContain(
      '<ul><li><a href="#A-b">A b</a><ul><li><a href="#C-x">C x</a></li></ul></li><li><a href="#E">E</a></li></ul>',
    );
  });
});

describe("links", () => {
  test("lead to the pages of other notebooks, and files of the folder come along", async () => {
    using place = new Workplace();
    place.file("script.ts", "1");
    const first = place.notebook([markdown("# A\n\n[next](b.ipynb#Two-words) [file](script.ts)")], "a.ipynb");
    const second = place.notebook([markdown("# B\n\n[← A](a.ipynb) · [C →](c.ipynb)")], "b.ipynb");
    const [a, b, index] = await pagesOf([first, second], { title: "Course" });
    expect(a?.html).toContain('<a href="b.html#Two-words">next</a> <a href="script.ts">file</a>');
    expect(a?.html).toContain('<a class="page-link next" href="b.html" rel="next">');
    expect(a?.html).toContain('<a class="home" href="index.html">Course</a>');
    expect(b?.html).toContain(
      '<p class="jump"><a href="a.html">← A</a> · <span class="unlinked" title="c.ipynb is not part of this export">C →</span></p>',
    );
    expect(b?.notes).toEqual(["c.ipynb is not part of this export"]);
    expect(index?.file).toBe("index.html");
    expect(index?.html).toContain('<a class="course-link" href="a.html">A</a>');
  });

  test("what lies outside the folder, or is hidden, stays there", async () => {
    using place = new Workplace();
    place.file(".env", "SECRET=1");
    const links = "[a](/etc/passwd) [b](../../../etc/passwd) [c](.env) [d](file:///etc/passwd) ![e](/etc/hostname.png)";
    const [page] = await pagesOf([place.notebook([markdown(links)])]);
    expect(mainOf(page?.html ?? "")).not.toMatch(/<a href=|<img/);
    expect(page?.notes).toHaveLength(4);
  });
});

test("the index has title, summary and times of each notebook, and of all", async () => {
  using place = new Workplace();
  const timed = (seconds: number) =>
    code("1", [], {
      execution: {
        "iopub.execute_input": "2026-01-01T00:00:00Z",
        "shell.execute_reply": new Date(Date.UTC(2026, 0, 1, 0, 0, seconds)).toISOString(),
      },
    });
  const pages = await pagesOf([
    place.notebook([markdown("# A\n\n[b](b.ipynb)\n\nAll about *a*."), timed(2)], "a.ipynb"),
    place.notebook([markdown("# B"), timed(3), code("2", [], { tags: ["exercise"] })], "b.ipynb"),
  ]);
  const html = mainOf(pages.at(-1)?.html ?? "");
  expect(html).toContain("2 notebooks · 3 code cells · 1 exercise · ran in 5.00 s");
  expect(html).toContain("<p>All about a.</p>");
});
