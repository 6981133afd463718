import { describe, expect, test } from "vitest";
import { bars, type Picture, route } from "../../notebooks/drawing.ts";
import { checkXml } from "../xml.ts";

/** What a cell shows of a picture. */
function shown(picture: Picture): { text: string; svg: string } {
  const { [Symbol.for("Jupyter.display")]: display } = picture as { [key: symbol]: () => { [type: string]: string } };
  const { "text/plain": text = "", "image/svg+xml": svg = "" } = display?.() ?? {};
  return { text, svg };
}

/** The numbers of an attribute of all elements of a class. */
const numbers = (svg: string, className: string, attribute: string): number[] =>
  [...svg.matchAll(new RegExp(`<\\w+ class="${className}"[^>]* ${attribute}="([\\d.]+)"`, "g"))].map(([, n]) =>
    Number(n),
  );

const evening = [
  { at: 0, place: "Table 1", text: "takes an order" },
  { at: 0.5, place: "Kitchen", text: "hands it in" },
  { at: 2, place: "Table 1", text: "serves" },
];
const waiter = (happenings = evening) =>
  shown(
    route("The waiter", "He serves a table.", ["Table 1", "Kitchen"], happenings, [
      { start: 0, end: 2, row: "Table 1", text: "hungry" },
    ]),
  );

describe("a route", () => {
  test("is a numbered list of what happened, where there are no pictures", () => {
    expect(waiter().text.split("\n")).toEqual([
      "The waiter",
      "1. 0.0 s  Table 1: takes an order",
      "2. 0.5 s  Kitchen: hands it in",
      "3. 2.0 s  Table 1: serves",
    ]);
  });

  test("goes from left to right in time, and from row to row by place", () => {
    const [first = 0, second = 0, third = 0] = numbers(waiter().svg, "dot", "cx");
    expect(second).toBeGreaterThan(first);
    expect((third - first) / (second - first)).toBeCloseTo(4, 1);
    const [table, kitchen, again] = numbers(waiter().svg, "dot", "cy");
    expect(kitchen).toBeGreaterThan(table ?? 0);
    expect(again).toBe(table);
  });

  test("is the same where a machine was a little late", () => {
    const late = evening.map((each) => ({ ...each, at: each.at + 0.02 }));
    expect(waiter(late)).toEqual(waiter());
  });

  test("shows who waits meanwhile, in their row and for as long", () => {
    const { svg } = waiter();
    const [width = 0] = numbers(svg, "wait", "width");
    const [from = 0, , to = 0] = numbers(svg, "dot", "cx");
    expect(width).toBeCloseTo(to - from, 1);
    expect(svg).toContain(">hungry</text>");
  });
});

describe("bars", () => {
  const stretches = [
    { start: 0, end: 1, row: "one" },
    { start: 1, end: 3, row: "two" },
  ];

  test("are as long as their stretches, on one scale", () => {
    const { svg } = shown(bars("Work", "Who works when.", ["one", "two"], stretches, 4));
    const [one = 0, two = 0] = numbers(svg, "bar", "width");
    expect((two + 1) / (one + 1)).toBeCloseTo(2, 1); // each leaves a unit of room before the next
    expect(svg).toContain(">4.00 s</text>");
  });

  test("can be seen, however short the stretch", () => {
    const instant = [{ start: 1, end: 1, row: "one" }];
    expect(numbers(shown(bars("Work", "", ["one"], instant, 4)).svg, "bar", "width")).toEqual([1]);
  });

  test("are their description, where there are no pictures", () => {
    expect(shown(bars("Work", "Who works when.", ["one", "two"], stretches, 4)).text).toBe("Work\nWho works when.");
  });
});

test("pictures are well-formed, and say what they show to those who listen", () => {
  const odd = 'Fish & "chips" <large>';
  const { svg } = shown(
    route(odd, odd, [odd], [{ at: 0, place: odd, text: odd }], [{ start: 0, end: 1, row: odd, text: odd }]),
  );
  expect(checkXml(svg)[0]).toBe("svg");
  const escaped = "Fish &amp; &quot;chips&quot; &lt;large&gt;";
  expect(svg).toContain(`role="img" aria-label="${escaped}"`);
  expect(svg).toContain(`<title>${escaped}</title>\n<desc>${escaped}</desc>`);
});
