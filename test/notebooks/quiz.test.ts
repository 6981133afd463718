import { describe, expect, test } from "vitest";
import { question, right, wrong } from "../../notebooks/quiz.ts";

const sky = question("The colour", {
  a: wrong("That is the `sea`, or <any> & all water."),
  b: right("The sky is blue."),
  c: wrong("Not in the daytime."),
});

/** What a cell shows whose last line is a choice. */
function shown(letter: string): { text: string; html: string } {
  const choice = sky.choose(letter as "a") as { [key: symbol]: () => { [type: string]: string } };
  const { "text/plain": text = "", "text/html": html = "" } = choice[Symbol.for("Jupyter.display")]?.() ?? {};
  return { text, html };
}

describe("a question of the quiz", () => {
  test("asks for a choice while there is none, and tells nothing but in what is folded", () => {
    const { text, html } = shown("");
    expect(text).toBe("The colour: put a, b or c between the quotes, and run this cell.");
    const [before = "", folded = ""] = html.split("<details>");
    expect(before).not.toMatch(/right|wrong/);
    expect(folded).toContain("<strong>b</strong> is <strong>right</strong>. The sky is blue.");
  });

  test("says of a choice whether it is right, and why", () => {
    expect(shown("b").text).toBe("The colour: b is right. The sky is blue.");
    expect(shown("c").text).toBe("The colour: c is not it. Not in the daytime.");
  });

  test("says which letters there are, where another is chosen", () => {
    expect(shown("x").text).toBe("The colour: there is no x; choose a, b or c.");
  });

  test("explains every choice below the answer", () => {
    for (const letter of ["a", "b", "c"])
      expect(shown(letter).html.match(/<p><strong>[abc]<\/strong> is/g)).toHaveLength(3);
  });

  test("shows code as code, and no text as markup", () => {
    expect(shown("a").html).toContain("That is the <code>sea</code>, or &lt;any&gt; &amp; all water.");
    expect(shown("<b>").html).not.toContain("<b>");
  });
});
