// What cells print when they have long ended, and their garbage has been collected.

import { expect, test } from "vitest";
import { until } from "../../until.ts";
import { KernelUnderTest } from "./kernel-process.ts";

const CELLS = 2_000;
/** After so many cells in a row, one waits for what they print. */
const ROW = 50;

test("2,000 cells print late while garbage is collected, and every text comes under its own cell", async () => {
  await using kernel = await KernelUnderTest.start({ LOOPBOOK_TYPES: "off" });
  const { client } = kernel;
  await kernel.run("let garbage: number[] = [];");
  const ids = Array.from({ length: CELLS }, (_, i) => {
    const late = `setTimeout(() => { console.log("late ${i}"); garbage = new Array(300_000).fill(${i}) }, 3);`;
    const waits = i % ROW === ROW - 1 ? "await new Promise((resolve) => setTimeout(resolve, 20));" : "";
    return client.send("execute_request", { code: `${late} ${waits} 0` });
  });
  const parents = new Map<string, string | undefined>();
  await until(() => {
    for (const { type, content, parent } of client.iopub.splice(0))
      if (type === "stream") for (const line of String(content.text).trim().split("\n")) parents.set(line, parent);
    return parents.size === CELLS;
  });
  expect(ids.flatMap((id, i) => (parents.get(`late ${i}`) === id ? [] : [i]))).toEqual([]);
}, 60_000);
