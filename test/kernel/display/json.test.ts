import { expect, test } from "vitest";
import { NotJsonError, toJson } from "../../../kernel/display/json.ts";
import { savable } from "../../../kernel/display/mime-bundle.ts";

const circle: { list: unknown[] } = { list: [] };
circle.list.push({ back: circle });
const deep = JSON.parse(`${"[".repeat(2_000)}${"]".repeat(2_000)}`);

test.each([
  ["plain data", { a: [1, "x", null, true], b: { c: 1.5 } }],
  ["what JSON leaves out", { a: undefined, b: () => 1, c: Symbol("s"), d: [undefined, Number.NaN] }],
  ["what says itself how it is written", { at: new Date(0), url: new URL("http://a/"), boxed: Object("x") }],
  ["a key that is no property", JSON.parse('{ "__proto__": { "a": 1 } }')],
  ["the same object twice", { a: circle.list.length, b: [Math, Math] }],
])("is written as JSON.stringify writes it: %s", (_name, value) => {
  expect(JSON.stringify(toJson(value, "it"))).toBe(JSON.stringify(value));
});

test("half of a surrogate pair becomes U+FFFD, in keys too; a whole pair stays", () => {
  expect(toJson({ "\ud83d": ["a\ude00b", "😀"] }, "it")).toEqual({ "\ufffd": ["a\ufffdb", "😀"] });
});

test.each([
  ["a BigInt", { a: { b: [1, 10n] } }, "the chart is not JSON: it holds a BigInt", "(at .a.b[1])"],
  ["a circle", circle, "it contains itself", "(at .list[0].back)"],
  ["what is nested too deep", deep, "nested more than 500 levels deep", "…)"],
  ["nothing", undefined, "it is undefined", ""],
  ["a function", () => 1, "it is a function", ""],
])("is refused, with the place: %s", (_name, value, why, place) => {
  const copy = () => toJson(value, "the chart");
  expect(copy).toThrow(NotJsonError);
  expect(copy).toThrow(why);
  expect(copy).toThrow(place);
});

test.each([
  ["bytes of a picture, as base64", { "image/png": Buffer.from("abc") }, { "image/png": "YWJj" }],
  ["bytes of a part of a buffer", { "image/gif": new Uint8Array([1, 97, 98]).subarray(1) }, { "image/gif": "YWI=" }],
  ["bytes of a text, as text", { "text/html": new TextEncoder().encode("é") }, { "text/html": "é" }],
  ["bytes of an SVG", { "image/svg+xml": Buffer.from("<svg/>") }, { "image/svg+xml": "<svg/>" }],
  ["a number", { "text/plain": 42 }, { "text/plain": "42" }],
  ["lines, as notebooks keep them", { "text/html": ["<b>\n", "</b>"] }, { "text/html": "<b>\n</b>" }],
  ["an object as text", { "text/plain": { a: 1 } }, { "text/plain": "{ a: 1 }" }],
  ["no value at all", { "text/html": undefined, "text/plain": "x" }, { "text/plain": "x" }],
  ["JSON of any kind", { "application/geo+json": { a: [1] } }, { "application/geo+json": { a: [1] } }],
])("a bundle is put right: %s", (_name, bundle, expected) => {
  expect(savable(bundle)).toEqual(expected);
});

test("a bundle with an object where text must be names the format", () => {
  expect(() => savable({ "image/png": { width: 1 } })).toThrow(
    'the "image/png" of what is shown must be a string, or a Buffer, got { width: 1 }',
  );
});
