// The line that says what is installed: seen while that goes on, and no part of what the notebook keeps.

import { cpSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findChromium } from "../chromium.ts";
import { pathWithNpm } from "../npm.ts";
import { clientEnv, describeWithClients, runClient, runLoopbook, scratchFolder } from "./clients.ts";
import { Lab } from "./lab.ts";
import { outputsOf } from "./outputs.ts";

clientEnv.PATH = pathWithNpm();

const copy = (): { folder: string; notebook: string } => {
  const folder = scratchFolder();
  const notebook = join(folder, "installing.ipynb");
  cpSync("test/jupyter/fixtures/installing.ipynb", notebook);
  return { folder, notebook };
};

describeWithClients("an installation", () => {
  test("leaves nothing in what nbclient keeps", async () => {
    const { folder, notebook } = copy();
    await runClient("jupyter", ["execute", "--allow-errors", notebook, `--output=${notebook}`], folder);
    const { alone, among, failing } = outputsOf(notebook);
    expect(alone).toEqual(["execute_result: 'later-one'"]);
    // nbclient cannot take away one output of several: of the line, one of nothing is left.
    expect(among?.join("\n")).toMatch(
      /^stdout: before\n\ndisplay_data: undefined\nstdout: after\n\nexecute_result: 'later-two'$/,
    );
    expect(failing).toEqual([expect.stringContaining("error: Error: @types/none could not be installed")]);
  });

  test("leaves nothing in what `loopbook run` keeps, and is not compared", async () => {
    const { folder, notebook } = copy();
    await runLoopbook(["run", notebook, "--allow-errors", "--output", folder]);
    expect(outputsOf(notebook)).toMatchObject({
      alone: ["execute_result: 'later-one'"],
      among: ["stdout: before\nafter\n", "execute_result: 'later-two'"],
    });
    const checked = await runLoopbook(["run", notebook, "--allow-errors", "--check"]);
    expect(checked, checked.stderr).toMatchObject({ code: 0 });
  });

  test.skipIf(findChromium() === undefined)("is a plain line in JupyterLab, and gone when it is done", async () => {
    const { folder } = copy();
    await using lab = await Lab.start(folder, findChromium() ?? "");
    const notebook = await lab.open("installing.ipynb");
    for (const [id, during, after] of [
      ["alone", "Installing later-one …", "'later-one'"],
      ["among", "before\nInstalling later-two …", "before\nafter\n'later-two'"],
    ] as const) {
      await notebook.select(id);
      await notebook.command("notebook:run-cell");
      await expect.poll(() => notebook.shown(id), { timeout: 20_000 }).toBe(during);
      await notebook.picture(`installing-${id}`);
      await expect.poll(() => notebook.shown(id), { timeout: 20_000 }).toBe(after);
      await notebook.picture(`installed-${id}`);
    }
  });
});
