// JupyterLab as a user has it: a browser, its buttons, and what the cells show.

import { cpSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeInBrowser, scratchFolder } from "./clients.ts";
import { Lab, type LabNotebook } from "./lab.ts";

const POLLING = { timeout: 20_000 };

describeInBrowser("JupyterLab", (browser) => {
  let lab: Lab;

  beforeAll(async () => {
    const folder = scratchFolder();
    cpSync("test/jupyter/fixtures", folder, { recursive: true });
    lab = await Lab.start(folder, browser);
  });
  afterAll(() => lab?.[Symbol.asyncDispose]());

  test("runs all cells of a notebook and shows their outputs", async () => {
    const notebook = await lab.open("small.ipynb");
    await notebook.command("notebook:run-all-cells");
    await expect.poll(() => notebook.shown("display"), POLLING).toContain("bold");
    expect(await notebook.shown("typed")).toBe("{ x: 0, y: 0 }");
    expect(await notebook.shown("late")).toBe("now\nlate, but at home\n");
    expect(await notebook.shown("streams")).toBe("one\ntwo\nthree\n");
    await notebook.page.locator(".jp-OutputArea-output b", { hasText: "bold" }).waitFor();
    await notebook.picture("small");
    await notebook.page.close();
  });

  test.for(["spin", "wait"])("interrupts a cell that does not end (%s), and keeps the state", async (endless) => {
    const notebook = await lab.open("controls.ipynb");
    await run(notebook, "keep");
    await notebook.idle();
    await run(notebook, endless);
    await notebook.busy();
    await notebook.page.locator('.jp-NotebookPanel-toolbar [data-command="notebook:interrupt-kernel"]').click();
    await expect.poll(() => notebook.shown(endless), POLLING).toContain("KeyboardInterrupt");
    await notebook.idle();
    await run(notebook, "ask");
    await expect.poll(() => notebook.shown("ask"), POLLING).toBe("42");
    await notebook.picture(`interrupt-${endless}`);
    await restart(notebook);
    await notebook.page.close();
  });

  test("restarts the kernel, also while a cell runs", async () => {
    const notebook = await lab.open("controls.ipynb");
    await run(notebook, "keep");
    await notebook.idle();
    await run(notebook, "spin");
    await notebook.busy();
    await restart(notebook);
    await run(notebook, "ask");
    await expect.poll(() => notebook.shown("ask"), POLLING).toBe("'gone'");
    await notebook.picture("restart");
    await notebook.page.close();
  });

  test("shows late output in the cell that started it", async () => {
    const notebook = await lab.open("controls.ipynb");
    await run(notebook, "late");
    await run(notebook, "next");
    await expect.poll(() => notebook.shown("next"), POLLING).toBe("next cell\n");
    expect(await notebook.shown("late")).toBe("started\n");
    await expect.poll(() => notebook.shown("late"), POLLING).toBe("started\nlate\n");
    expect(await notebook.shown("next")).toBe("next cell\n");
    await notebook.picture("late-output");
    await notebook.page.close();
  });
});

async function run(notebook: LabNotebook, id: string): Promise<void> {
  await notebook.select(id);
  await notebook.command("notebook:run-cell");
}

async function restart(notebook: LabNotebook): Promise<void> {
  await notebook.command("notebook:restart-kernel");
  await notebook.page.locator(".jp-Dialog button.jp-mod-accept").click();
  await notebook.page.locator(".jp-Dialog").waitFor({ state: "detached" });
  await notebook.idle();
}
