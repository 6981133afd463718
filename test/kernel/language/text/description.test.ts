import { describe, expect, test } from "vitest";
import { bundle } from "../../../../kernel/language/text/description.ts";

const described = (documentation: string) => bundle({ signature: "f(): void", documentation }, false);

describe("a description", () => {
  test("is plain text without the marks of Markdown, and keeps what is none", async () => {
    const { "text/plain": text } = await described(
      "Adds `a * b` to **two** or *three*.\n\n2 * 3 * 4 of a_snake_case\n\n```ts\nf() * 2 * 3\n```",
    );
    expect(text).toBe("f(): void\n\nAdds a * b to two or three.\n\n2 * 3 * 4 of a_snake_case\n\nf() * 2 * 3");
  });

  test("is HTML with lists, tables and code", async () => {
    const { "text/html": html } = await described("- one\n- `two`\n\n| a |\n| --- |\n| 1 |\n\n```ts\nf()\n```");
    expect(html).toMatch(/^<pre><code class="language-typescript">f\(\): void<\/code><\/pre>\n<ul>\n<li>one<\/li>/);
    expect(html).toContain("<li><code>two</code></li>");
    expect(html).toContain("<td>1</td>");
    expect(html).toContain('<pre><code class="language-ts">f()\n</code></pre>');
  });

  test("shows HTML as it is written", async () => {
    const { "text/html": html } = await described("<img src=x onerror=alert(1)> & [x](javascript:alert)");
    expect(html).toContain("&lt;img src=x onerror=alert(1)&gt; &amp; [x](javascript:alert)");
  });

  test("gives the value, unless the signature ends with it", async () => {
    const of = async (signature: string, value: string) =>
      (await bundle({ signature, documentation: "", value }, false))["text/plain"];
    expect(await of("let n: number", "1")).toBe("let n: number = 1");
    expect(await of("(enum member) E.A = 0", "0")).toBe("(enum member) E.A = 0");
    expect(await of("var JSON: JSON", "JSON")).toBe("var JSON: JSON");
  });
});
