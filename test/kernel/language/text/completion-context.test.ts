// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates are the subject here.
import { describe, expect, test } from "vitest";
import { completionContext } from "../../../../kernel/language/text/completion-context.ts";

/** The context at the bar. */
const at = (text: string) => completionContext(text.replace("|", ""), text.indexOf("|"));

describe("a member", () => {
  test.each([
    ["a.|", "a", ""],
    ["a.b|", "a", "b"],
    ["a.b.c|", "a.b", "c"],
    ["a?.b|", "a", "b"],
    ["a\n  .b|", "a", "b"],
    ["x = a.b|", "a", "b"],
    ["f(1, g(2)).x|", "f(1, g(2))", "x"],
    ["a[0].x|", "a[0]", "x"],
    ["a[0][1].x|", "a[0][1]", "x"],
    ["'abc'.x|", "'abc'", "x"],
    ["`a${b.c}d`.x|", "`a${b.c}d`", "x"],
    ["[1, 2].m|", "[1, 2]", "m"],
    ["(a + b).m|", "(a + b)", "m"],
    ["a!.b|", "a", "b"],
    ["a!.b!.c|", "a.b", "c"],
    ["await a.b|", "a", "b"],
    ["return a.b|", "a", "b"],
    ["f(a.b|)", "a", "b"],
    ["`x ${a.b|}`", "a", "b"],
    ["naïve😀.|", undefined, ""],
    ["/x/.te|", "/x/", "te"],
    ["this.x|", "this", "x"],
    ["!a.b|", "a", "b"],
  ])("%s", (text, object, prefix) => {
    const context = at(text);
    if (object === undefined) expect(context.kind).toBe("none");
    else expect(context).toMatchObject({ kind: "member", object, prefix });
  });
});

describe("a key", () => {
  test.each([
    ['a["b|', "a", "b"],
    ["a.b['c|", "a.b", "c"],
    ['a["|"]', "a", ""],
  ])("%s", (text, object, prefix) => expect(at(text)).toMatchObject({ kind: "key", object, prefix }));
});

describe("a name", () => {
  test.each([
    ["|", ""],
    ["ab|", "ab"],
    ["x = ab|", "ab"],
    ["f(|", ""],
    ["...ab|", "ab"],
    ["{ a|", "a"],
  ])("%s", (text, prefix) => expect(at(text)).toMatchObject({ kind: "name", prefix }));
});

describe("nothing", () => {
  test.each(["'a.|", "// a.|", "/* a.|", "`a.|", "1|"])("%s", (text) => expect(at(text).kind).toBe("none"));
});
