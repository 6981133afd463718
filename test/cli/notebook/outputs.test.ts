// Published messages to the outputs of cells.

import { expect, test } from "vitest";
import type { Published } from "../../../cli/client/published.ts";
import type { CodeCell } from "../../../cli/notebook/format.ts";
import { Outputs } from "../../../cli/notebook/outputs.ts";

const newCell = (): CodeCell => ({ cell_type: "code", source: "", metadata: {}, outputs: [], execution_count: null });
const stream = (text: string, name: "stdout" | "stderr" = "stdout"): Published => ({
  type: "stream",
  content: { name, text },
});
const clear = (wait: boolean): Published => ({ type: "clear_output", content: { wait } });
const show = (type: "display_data" | "update_display_data", text: string, display_id?: string): Published => ({
  type,
  content: { data: { "text/plain": text }, metadata: {}, transient: display_id === undefined ? {} : { display_id } },
});

function collect(...messages: Published[]) {
  const outputs = new Outputs();
  const cell = newCell();
  outputs.begin("request", cell);
  for (const message of messages) outputs.receive("request", message);
  return cell.outputs;
}

test("neighbouring text of one stream is one output", () => {
  expect(collect(stream("a"), stream("b"), stream("c", "stderr"), stream("d"))).toMatchObject([
    { name: "stdout", text: "ab" },
    { name: "stderr", text: "c" },
    { name: "stdout", text: "d" },
  ]);
});

test("clear_output takes away at once, or with the next output if it is to wait", () => {
  expect(collect(stream("a"), clear(false))).toEqual([]);
  expect(collect(stream("a"), clear(true))).toMatchObject([{ text: "a" }]);
  expect(collect(stream("a"), clear(true), stream("b"))).toMatchObject([{ text: "b" }]);
});

test("update_display_data changes what was shown under its id, in every cell", () => {
  const outputs = new Outputs();
  const [one, two] = [newCell(), newCell()];
  outputs.begin("1", one);
  outputs.receive("1", show("display_data", "old", "id"));
  outputs.begin("2", two);
  outputs.receive("2", show("update_display_data", "new", "id"));
  expect(one.outputs).toMatchObject([{ data: { "text/plain": "new" } }]);
  expect(two.outputs).toEqual([]);
});

test("a display that is updated to nothing is taken away, as if it had never been shown", () => {
  const line = show("display_data", "Installing …", "id");
  const nothing: Published = {
    type: "update_display_data",
    content: { data: {}, metadata: {}, transient: { display_id: "id" } },
  };
  expect(collect(stream("a"), line, nothing, stream("b"))).toEqual(collect(stream("ab")));
  expect(collect(stream("a"), line, stream("b"), nothing)).toEqual(collect(stream("ab")));
});

test("showing an id again updates it where it was shown before", () => {
  expect(collect(show("display_data", "old", "id"), show("display_data", "new", "id"))).toMatchObject([
    { data: { "text/plain": "new" } },
    { data: { "text/plain": "new" } },
  ]);
});

test("output without a known request is nobody's", () => {
  const outputs = new Outputs();
  const cell = newCell();
  outputs.begin("request", cell);
  outputs.receive("other", stream("lost"));
  expect(cell.outputs).toEqual([]);
});

test("late output goes to the cell that started it", () => {
  const outputs = new Outputs();
  const [one, two] = [newCell(), newCell()];
  outputs.begin("1", one);
  outputs.begin("2", two);
  outputs.receive("1", stream("late"));
  expect(one.outputs).toMatchObject([{ text: "late" }]);
  expect(two.outputs).toEqual([]);
});

test("a result carries its count, an error its traceback", () => {
  const failure = { ename: "Error", evalue: "on purpose", traceback: ["Error: on purpose"] };
  expect(
    collect(
      {
        type: "execute_result",
        content: { data: { "text/plain": "1" }, metadata: {}, transient: {}, execution_count: 3 },
      },
      { type: "error", content: failure },
    ),
  ).toEqual([
    { output_type: "execute_result", data: { "text/plain": "1" }, metadata: {}, execution_count: 3 },
    { output_type: "error", ...failure },
  ]);
});
