// `--verbose`: the outputs of cells, printed as they come.

import { expect, test } from "vitest";
import type { Published } from "../../../cli/client/published.ts";
import { OutputPrinter } from "../../../cli/run/verbose.ts";

const stream = (text: string, name: "stdout" | "stderr" = "stdout"): Published => ({
  type: "stream",
  content: { name, text },
});
const shows = (data: { [type: string]: unknown }): Published => ({
  type: "display_data",
  content: { data, metadata: {}, transient: {} },
});

function printed(prefix: string, ...messages: [cell: number, message: Published][]) {
  const written = { stdout: "", stderr: "" };
  const sink = (name: "stdout" | "stderr") => ({ write: (text: string) => (written[name] += text) });
  const printer = new OutputPrinter({ stdout: sink("stdout"), stderr: sink("stderr") }, prefix, (write) => write());
  for (const [cell, message] of messages) printer.output(cell, message);
  printer.flush();
  return written;
}

test("text is printed in whole lines, each behind its notebook's name", () => {
  expect(printed("a: ", [1, stream("one\ntw")], [2, stream("other\n")], [1, stream("o\n\nthree")])).toEqual({
    stdout: "a: one\na: other\na: two\n\na: three\n",
    stderr: "",
  });
});

test("a display is its text, or the names of what it is", () => {
  const { stdout } = printed(
    "",
    [1, shows({ "text/plain": "42", "text/html": "<b>" })],
    [1, shows({ "image/png": "aGk=" })],
  );
  expect(stdout).toBe("42\n[image/png]\n");
});

test("errors and warnings go to stderr, without colours where it has none", () => {
  const failure: Published = {
    type: "error",
    content: { ename: "E", evalue: "x", traceback: ["\x1b[31mE\x1b[0m: x", "    at y"] },
  };
  expect(printed("", [1, stream("careful\n", "stderr")], [1, failure]).stderr).toBe("careful\nE: x\n    at y\n");
});
