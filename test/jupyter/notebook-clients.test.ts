// The programs that run notebooks without a browser, each on the same notebooks, unchanged.

import { cpSync, mkdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { expect, test } from "vitest";
import { type CodeCell, parseNotebook } from "../../cli/notebook/format.ts";
import { describeWithClients, runClient, runLoopbook, scratchFolder } from "./clients.ts";
import { outputsOf } from "./outputs.ts";

const SMALL = "test/jupyter/fixtures/small.ipynb";
const LESSON = "notebooks/02-concurrent-tasks.ipynb";

const SHOWN = {
  typed: ["execute_result: { x: 0, y: 0 }"],
  await: ["execute_result: 42"],
  streams: ["stdout: one\ntwo\n", "stderr: three\n"],
  display: ["display_data: bold"],
};

/** Each runs `notebook` in its own folder and writes the result to `result`. */
const CLIENTS = {
  "jupyter execute (nbclient)": (notebook: string, result: string) =>
    runClient("jupyter", ["execute", notebook, `--output=${result}`], dirname(notebook)),
  "jupyter nbconvert --execute": (notebook: string, result: string) =>
    runClient(
      "jupyter",
      [
        "nbconvert",
        "--execute",
        "--to",
        "notebook",
        notebook,
        "--output",
        basename(result),
        "--output-dir",
        dirname(result),
      ],
      dirname(notebook),
    ),
  papermill: (notebook: string, result: string) => runClient("papermill", [notebook, result], dirname(notebook)),
  "loopbook run": (notebook: string, result: string) => runLoopbook(["run", notebook, "--output", dirname(result)]),
};

describeWithClients("headless clients", () => {
  for (const [name, run] of Object.entries(CLIENTS)) {
    test(`${name} shows what the cells of a small notebook show`, async () => {
      const { notebook, result } = copyOf(SMALL);
      const finished = await run(notebook, result);
      expect(finished, finished.stderr).toMatchObject({ code: 0 });
      const { late, ...others } = outputsOf(result);
      expect(others).toEqual(SHOWN);
      // nbclient listens to a cell only while it runs; ours hears what comes late, and in no client is it another cell's.
      expect(late).toEqual([name === "loopbook run" ? "stdout: now\nlate, but at home\n" : "stdout: now\n"]);
    });

    test(`${name} runs lesson 2 to its end`, async () => {
      const { notebook, result } = copyOf(LESSON);
      const finished = await run(notebook, result);
      expect(finished, finished.stderr).toMatchObject({ code: 0 });
      for (const { id, execution_count, outputs } of codeCells(result)) {
        expect(execution_count, `cell ${id}`).not.toBeNull();
        expect(
          outputs.filter(({ output_type }) => output_type === "error"),
          `cell ${id}`,
        ).toEqual([]);
      }
    });
  }

  test("nbformat finds what `loopbook run` writes valid", async () => {
    const { notebook, result } = copyOf(SMALL);
    await runLoopbook(["run", notebook, "--output", dirname(result)]);
    const finished = await runClient("python", ["test/jupyter/python/validate.py", result]);
    expect(finished, finished.stderr).toMatchObject({ code: 0 });
  });

  test("jupyter nbconvert makes a page of a notebook", async () => {
    const { notebook, result } = copyOf(SMALL);
    const to = ["--to", "html", "--output", "page", "--output-dir", dirname(result)];
    const finished = await runClient("jupyter", ["nbconvert", "--execute", notebook, ...to]);
    expect(finished, finished.stderr).toMatchObject({ code: 0 });
    expect(readFileSync(join(dirname(result), "page.html"), "utf8")).toContain("<b>bold</b>");
  });
});

/** The notebook with its neighbours in a folder of its own, and a place for the result. */
function copyOf(notebook: string): { notebook: string; result: string } {
  const folder = scratchFolder();
  cpSync(dirname(notebook), join(folder, "in"), { recursive: true });
  mkdirSync(join(folder, "out"));
  return { notebook: join(folder, "in", basename(notebook)), result: join(folder, "out", basename(notebook)) };
}

/** The cells that run, as the file has them. */
function codeCells(file: string): CodeCell[] {
  const { cells } = parseNotebook(readFileSync(file, "utf8"));
  return cells.flatMap((cell) => (cell.cell_type === "code" && cell.source.trim() !== "" ? [cell] : []));
}
