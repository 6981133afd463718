import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { html, image, json, latex, markdown, table, vegaLite } from "../../../kernel/display/formats.ts";
import { mimeBundle, simpleBundle } from "../../../kernel/display/representation.ts";

const PNG = Buffer.from("89504e470d0a1a0a0000", "hex");

const types = (value: unknown): string[] => Object.keys(simpleBundle(value) ?? {}).sort();
const htmlOf = (value: unknown): string => String(simpleBundle(value)?.["text/html"]);

describe("a value that does not say how it is shown", () => {
  test.each<[string, unknown, string[]]>([
    ["a number is text", 1, ["text/plain"]],
    ["a small object is text", { a: 1 }, ["text/plain"]],
    ["an array of numbers is text", [1, 2, 3], ["text/plain"]],
    ["an error is text", new Error("no"), ["text/plain"]],
    ["a function is text", () => 1, ["text/plain"]],
    ["an empty Map is text", new Map(), ["text/plain"]],
    ["an array of objects is a table", [{ a: 1 }, { b: 2 }], ["text/html", "text/plain"]],
    ["a Map is a table", new Map([["a", 1]]), ["text/html", "text/plain"]],
    ["a Set is a table", new Set([1]), ["text/html", "text/plain"]],
    ["a typed array is a table", new Float64Array(3), ["text/html", "text/plain"]],
    ["bytes that begin as a PNG are a picture", PNG, ["image/png", "text/plain"]],
    ["bytes of SVG are a drawing", new TextEncoder().encode("<svg></svg>"), ["image/svg+xml", "text/plain"]],
    ["an element is its markup", { outerHTML: "<b>x</b>" }, ["text/html", "text/plain"]],
    ["an SVG element is a drawing", { outerHTML: "<svg></svg>" }, ["image/svg+xml", "text/plain"]],
    ["a canvas is its picture", { toDataURL: () => "data:image/png;base64,iVBO" }, ["image/png", "text/plain"]],
    [
      "an object with toSpec is a chart",
      { toSpec: () => ({ mark: "bar" }) },
      ["application/vnd.vegalite.v5+json", "text/plain"],
    ],
    [
      "a specification that names its schema is a chart",
      { $schema: "https://vega.github.io/schema/vega/v5.json" },
      ["application/vnd.vega.v5+json", "text/plain"],
    ],
    ["what IJavascript's users wrote is asked", { _toHtml: () => "<i>x</i>" }, ["text/html", "text/plain"]],
  ])("%s", (_, value, expected) => expect(types(value)).toEqual(expected));

  test("a proxy is text, whatever it says that it has", async () => {
    const proxy = new Proxy({}, { get: (_, key) => (key === "then" ? undefined : () => "x") });
    expect(types(new Proxy({ outerHTML: "<b>x</b>" }, {}))).toEqual(["text/plain"]);
    await expect(mimeBundle(proxy)).rejects.toThrow("must return an object keyed by mime type");
  });

  test("an object whose text is long unfolds as a tree, a circle in it is said so", () => {
    const value: { [key: string]: unknown } = Object.fromEntries(
      Array.from({ length: 30 }, (_, i) => [`key${i}`, { i }]),
    );
    value.self = value;
    expect(htmlOf(value)).toMatch(/<details open>.*<summary>.*key29.*\[Circular\]/s);
  });
});

describe("a table", () => {
  test("has the columns of all its rows, and leaves a cell empty where a row has none", () => {
    expect(htmlOf([{ a: 1 }, { b: "<x>" }])).toContain(
      '<tr><td style="text-align:right">1</td><td style="text-align:left"></td></tr>' +
        '<tr><td style="text-align:left"></td><td style="text-align:left">&lt;x&gt;</td></tr>',
    );
  });

  test("says how many rows are left out, and reads only those that it shows", () => {
    let read = 0;
    const rows = Array.from({ length: 20_000 }, () => ({
      get a() {
        return ++read;
      },
    }));
    expect(htmlOf(rows)).toContain("100 of 20,000 rows × 1 column");
    expect(read).toBeLessThan(1_000);
  });

  test("shows a getter that throws as what it throws", () => {
    const row = Object.defineProperty({}, "a", {
      enumerable: true,
      get: () => {
        throw new Error("no way");
      },
    });
    expect(htmlOf([row])).toContain("&lt;no way&gt;");
  });

  test("has the columns and as many rows as the caller wants", () => {
    const rows = [
      { a: 1, b: 2 },
      { a: 3, b: 4 },
    ];
    const shown = table(rows, { columns: ["b"], limit: 1 });
    return expect(mimeBundle(shown)).resolves.toMatchObject({
      "text/html": expect.stringMatching(/>b<.*>2<.*1 of 2 rows × 1 column/s),
      "text/plain": inspect(rows),
    });
  });

  test("of data frames asks for the rows that it shows", () => {
    const arquero = { numRows: () => 5e6, columnNames: () => ["x"], get: (_: string, row: number) => row * 2 };
    expect(htmlOf(arquero)).toMatch(/>x<.*>198<.*100 of 5,000,000 rows/s);
  });
});

describe("formats", () => {
  test.each([
    ["html", html`<b>${1 + 1}</b>`, { "text/html": "<b>2</b>" }],
    ["markdown", markdown("*x*"), { "text/markdown": "*x*" }],
    ["latex", latex(String.raw`$\pi$`), { "text/latex": "$\\pi$" }],
    ["json", json({ a: 1 }), { "application/json": { a: 1 } }],
    ["vegaLite", vegaLite({ mark: "bar" }), { "application/vnd.vegalite.v5+json": { mark: "bar" } }],
    ["image", image(PNG), { "image/png": PNG.toString("base64") }],
  ])("%s is shown as that", (_, value, expected) => expect(mimeBundle(value)).resolves.toMatchObject(expected));

  test("what is no picture is refused in words", () => {
    expect(() => image(Buffer.from("text"))).toThrow("image(source) takes a picture in PNG, JPEG, GIF, WebP or SVG");
  });

  test("what has no rows is no table", () => {
    // @ts-expect-error
    expect(() => table(3)).toThrow("table(rows) takes an array, a Map, a Set or a data frame with rows, got 3");
  });
});
