// Notebook files in and out.

import { expect, test } from "vitest";
import { NotebookError, parseNotebook, serializeNotebook } from "../../../cli/notebook/format.ts";
import { requireTypeScript } from "../../../cli/notebook/language.ts";

const notebook = (fields: object = {}) =>
  JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [], ...fields });
const codeCell = (fields: object = {}) => ({ cell_type: "code", source: "1", metadata: {}, outputs: [], ...fields });

const written = (text: string): unknown => JSON.parse(serializeNotebook(parseNotebook(text)));

test("a notebook of an older minor version comes out as 4.5, every cell with an id", () => {
  expect(written(notebook({ nbformat_minor: 2, cells: [codeCell()] }))).toMatchObject({
    nbformat_minor: 5,
    cells: [{ id: expect.stringMatching(/^[a-z0-9-]{8}$/) }],
  });
});

test("ids that are made are the same each time", () => {
  const text = notebook({ cells: [codeCell(), codeCell(), codeCell({ id: "not valid" })] });
  expect(serializeNotebook(parseNotebook(text))).toBe(serializeNotebook(parseNotebook(text)));
});

test("ids are kept; one that is there twice is made anew", () => {
  const cells = [codeCell({ id: "same" }), codeCell({ id: "same" })];
  expect(written(notebook({ cells }))).toMatchObject({
    cells: [{ id: "same" }, { id: expect.not.stringMatching("same") }],
  });
});

test("text is written as lists of lines, JSON as it is", () => {
  const data = { "text/plain": "a\nb", "application/json": "text", "application/vnd.x+json": { x: 1 } };
  const outputs = [
    { output_type: "stream", name: "stdout", text: "one\ntwo\n" },
    { output_type: "display_data", data, metadata: {} },
  ];
  expect(written(notebook({ cells: [codeCell({ source: "a\nb", outputs })] }))).toMatchObject({
    cells: [
      {
        source: ["a\n", "b"],
        outputs: [{ text: ["one\n", "two\n"] }, { data: { ...data, "text/plain": ["a\n", "b"] } }],
      },
    ],
  });
});

test("fields that are not known are kept", () => {
  const cells = [codeCell({ id: "a", attachments: { x: 1 } })];
  expect(written(notebook({ extra: 7, cells }))).toMatchObject({ extra: 7, cells: [{ attachments: { x: 1 } }] });
});

test.for([
  ["{", "not JSON"],
  ["{}", "not a notebook"],
  [JSON.stringify({ nbformat: 1, cells: [] }), "nbformat 1 is not supported"],
  [JSON.stringify({ nbformat: 3, cells: [] }), "worksheets"],
  [notebook({ nbformat: 5 }), "nbformat 5 is newer"],
  [notebook({ cells: [{ cell_type: "video" }] }), "cells.0"],
])("%s is refused: %s", ([text = "", reason = ""]) => {
  expect(() => parseNotebook(text)).toThrow(NotebookError);
  expect(() => parseNotebook(text)).toThrow(reason);
});

test("a notebook in another language is refused by name", () => {
  const python = notebook({ metadata: { kernelspec: { language: "python", display_name: "Python 3" } } });
  expect(() => requireTypeScript(parseNotebook(python))).toThrow('written in python (kernel "Python 3")');
  for (const name of ["typescript", "javascript"])
    requireTypeScript(parseNotebook(notebook({ metadata: { language_info: { name } } })));
  requireTypeScript(parseNotebook(notebook()));
});
