// Notebooks of nbformat 3, as IPython wrote them.

import { expect, test } from "vitest";
import { parseNotebook } from "../../../cli/notebook/format.ts";
import { requireTypeScript } from "../../../cli/notebook/language.ts";

const old = (cells: object[], metadata: object = {}, nbformat = 3) =>
  parseNotebook(JSON.stringify({ nbformat, nbformat_minor: 0, metadata, worksheets: [{ cells, metadata: {} }] }));

test("cells of all kinds become those of nbformat 4", () => {
  const notebook = old(
    [
      { cell_type: "heading", level: 2, source: ["One\n", "title"], metadata: {} },
      { cell_type: "markdown", source: "text", metadata: {} },
      { cell_type: "html", source: "<b>x</b>", metadata: {} },
      { cell_type: "code", language: "python", collapsed: true, input: ["1\n", "2"], prompt_number: 7, outputs: [] },
    ],
    { name: "Old", signature: "x" },
  );
  expect(notebook).toMatchObject({ nbformat: 4, metadata: { orig_nbformat: 3 } });
  expect(notebook.metadata).not.toHaveProperty("name");
  expect(notebook.cells).toEqual([
    { cell_type: "markdown", source: "## One title", metadata: {} },
    { cell_type: "markdown", source: "text", metadata: {} },
    { cell_type: "markdown", source: "<b>x</b>", metadata: {} },
    { cell_type: "code", source: "1\n2", execution_count: 7, metadata: { collapsed: true }, outputs: [] },
  ]);
});

test("outputs are named by mime types, and by what they are called now", () => {
  const outputs = [
    { output_type: "stream", stream: "stderr", text: "careful" },
    { output_type: "pyout", prompt_number: 3, text: ["42"], html: "<b>42</b>", metadata: {} },
    { output_type: "display_data", png: "aGk=", json: '{"x": 1}', metadata: { png: { width: 3 } } },
    { output_type: "pyerr", ename: "E", evalue: "x", traceback: ["E: x"] },
  ];
  expect(old([{ cell_type: "code", input: "", outputs }]).cells[0]).toMatchObject({
    outputs: [
      { output_type: "stream", name: "stderr", text: "careful" },
      { output_type: "execute_result", execution_count: 3, data: { "text/plain": ["42"], "text/html": "<b>42</b>" } },
      {
        output_type: "display_data",
        data: { "image/png": "aGk=", "application/json": { x: 1 } },
        metadata: { "image/png": { width: 3 } },
      },
      { output_type: "error", ename: "E", evalue: "x", traceback: ["E: x"] },
    ],
  });
});

test("so do those of nbformat 2, and several worksheets", () => {
  const cell = { cell_type: "code", input: "1", outputs: [] };
  const worksheets = [{ cells: [cell] }, { cells: [cell] }];
  expect(parseNotebook(JSON.stringify({ nbformat: 2, metadata: {}, worksheets })).cells).toHaveLength(2);
});

test("the language is what the notebook says, not its cells: those always say python", () => {
  const cell = { cell_type: "code", language: "python", input: "1", outputs: [] };
  requireTypeScript(old([cell]));
  expect(() => requireTypeScript(old([cell], { language: "Julia" }))).toThrow("written in julia");
});
