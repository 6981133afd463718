// Every lesson in JupyterLab: opened, run from its first cell to its last, and compared with what was saved. On the virtual
// clock, for which all that a lesson says of its times must be exact.

import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CodeCell, type Notebook, parseNotebook, serializeNotebook } from "../../cli/notebook/format.ts";
import { compareCells } from "../../cli/run/check/compare.ts";
import { describeCell, paintFor } from "../../cli/run/check/describe.ts";
import { describeInBrowser, scratchFolder } from "./clients.ts";
import { Lab, type LabNotebook } from "./lab.ts";

const LESSONS = readdirSync("notebooks").filter((file) => file.endsWith(".ipynb"));

describeInBrowser("the lessons in JupyterLab", (browser) => {
  let lab: Lab;

  beforeAll(async () => {
    const folder = scratchFolder();
    cpSync("notebooks", folder, { recursive: true });
    for (const lesson of LESSONS) withoutOutputs(join(folder, lesson));
    lab = await Lab.start(folder, browser, { LOOPBOOK_CLOCK: "virtual" });
  });
  afterAll(() => lab?.[Symbol.asyncDispose]());

  test.for(LESSONS)("%s runs, shows what was saved, and its pictures are to be seen", async (lesson) => {
    const saved = code(parseNotebook(readFileSync(join("notebooks", lesson), "utf8")));
    const notebook = await lab.open(lesson);
    await notebook.command("notebook:run-all-cells");
    await expect.poll(() => unfinished(notebook), { timeout: 120_000 }).toEqual([]);
    await notebook.idle();
    const ran = code(await notebook.model());
    expect(ran.map(({ id }) => id)).toEqual(saved.map(({ id }) => id));
    const differences = compareCells(saved, ran, "virtual");
    expect(differences.map((cell) => describeCell(cell, lesson, paintFor({}))).join("\n")).toBe("");
    for (const { id = "" } of ran.filter(hasPicture)) await (await notebook.drawing(id)).waitFor();
    await notebook.picture(lesson.replace(/\.ipynb$/, ""));
    await notebook.page.close();
  });
});

/** Else what was saved would pass for what ran. */
function withoutOutputs(file: string): void {
  const notebook = parseNotebook(readFileSync(file, "utf8"));
  for (const cell of code(notebook)) Object.assign(cell, { outputs: [], execution_count: null });
  writeFileSync(file, serializeNotebook(notebook));
}

const code = ({ cells }: Notebook): CodeCell[] => cells.flatMap((cell) => (cell.cell_type === "code" ? [cell] : []));

const hasPicture = ({ outputs }: CodeCell): boolean => JSON.stringify(outputs).includes('"image/svg+xml"');

/** The code cells whose reply has not come yet. */
async function unfinished(notebook: LabNotebook): Promise<string[]> {
  const left = code(await notebook.model()).filter(({ execution_count }) => execution_count === null);
  return left.map(({ id = "" }) => id);
}
