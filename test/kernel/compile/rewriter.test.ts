import { describe, expect, test } from "vitest";
import { Rewriter } from "../../../kernel/compile/rewriter.ts";

/** The stretch of the source that reads so. */
function at(text: Rewriter, part: string): { start: number; end: number } {
  const start = text.source.indexOf(part);
  return { start, end: start + part.length };
}

describe("edits of one text", () => {
  test("nest as the nodes do that they wrap, also where both begin and end alike", () => {
    const text = new Rewriter("a.b");
    const node = at(text, "a.b");
    text.open(node, "outer(");
    text.open(node, "inner(");
    text.close(node, ")i");
    text.close(node, ")o");
    expect(text.toString()).toBe("outer(inner(a.b)i)o");
  });

  test("of neighbours stay apart", () => {
    const text = new Rewriter("a;b");
    text.open(at(text, "a"), "(");
    text.close(at(text, "a"), ")");
    text.open(at(text, "b"), "[");
    text.close(at(text, "b"), "]");
    expect(text.toString()).toBe("(a);[b]");
  });

  test("move with the stretch that they are in", () => {
    const text = new Rewriter("first;second;");
    text.open(at(text, "second"), "f(");
    text.close(at(text, "second"), ")");
    const moved = at(text, "second;");
    text.move(moved.start, moved.end, 0);
    expect(text.toString()).toBe("f(second);first;");
  });

  test("replace, remove and insert; an empty stretch is replaced by inserting", () => {
    const text = new Rewriter("const a = 1;");
    text.replace(0, 5, "let");
    text.replace(7, 7, "b");
    text.remove(10, 11);
    text.remove(3, 3);
    text.insertBefore(12, "!");
    text.prepend("> ");
    expect(text.toString()).toBe("> let ab = ;!");
  });

  test("gives the source of a node as it was written", () => {
    const text = new Rewriter("a + b");
    text.remove(0, 5);
    expect(text.source.slice(4, 5)).toBe("b");
    expect(text.toString()).toBe("");
  });
});
