// TypeScript's own intelligence as a user of JupyterLab sees it: the completer, the tooltip, type errors below a cell.

import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { describeInBrowser, scratchFolder } from "./clients.ts";
import { Lab, type LabNotebook } from "./lab.ts";

const POLLING = { timeout: 20_000 };
const TYPE_ERROR = `line 2: Type 'string' is not assignable to type 'number'. ts(2322)
    const count: number = 'three'
          ^^^^^
`;

describeInBrowser("types in JupyterLab", (browser) => {
  let lab: Lab;
  let notebook: LabNotebook;

  beforeAll(async () => {
    lab = await labWithNotebook(browser, { LOOPBOOK_TYPES: "warn" });
    notebook = await lab.open("language.ipynb");
    await run(notebook, "declare");
    await run(notebook, "wrong");
    // From here on types answer; before, the running kernel may have answered in their place.
    await vi.waitFor(async () => expect(await notebook.shown("wrong")).toContain("ts("), POLLING);
  });
  afterAll(() => lab?.[Symbol.asyncDispose]());

  test("the completer lists the members of a value, the usual ones first, each with its type and signature", async () => {
    await notebook.type("ask", "arr.");
    await notebook.page.keyboard.press("Tab");
    const items = notebook.page.locator(".jp-Completer-item");
    await items.first().waitFor();
    const shown = await items.evaluateAll((all) =>
      all.map((item) => [
        item.querySelector(".jp-Completer-match")?.textContent,
        item.querySelector(".jp-Completer-typeExtended")?.textContent,
      ]),
    );
    const names = shown.map(([name]) => name);
    expect(shown).toContainEqual(["length", "property"]);
    expect(shown).toContainEqual(["map", "function"]);
    expect(names.indexOf("map")).toBeLessThan(names.indexOf("at"));
    await notebook.page.keyboard.press("ArrowDown");
    const documentation = notebook.page.locator(".jp-Completer-docpanel");
    await documentation.getByText("(method) Array<number>.toString(): string").waitFor();
    await notebook.picture("language-completer");
    await notebook.page.keyboard.press("Escape");
  });

  test("what is chosen in the completer is put where the word was begun", async () => {
    await notebook.type("ask", "flatM");
    await notebook.page.keyboard.press("Tab");
    await notebook.page.locator(".jp-Completer-item", { hasText: "flatMap" }).waitFor();
    await notebook.page.keyboard.press("Enter");
    await expect.poll(() => notebook.source("ask"), POLLING).toBe("arr.flatMap");
  });

  test("Shift-Tab in a call shows its signature and its documentation", async () => {
    await notebook.type("ask", "; add(");
    await notebook.page.keyboard.press("Shift+Tab");
    const tooltip = notebook.page.locator(".jp-Tooltip");
    await tooltip.getByText("add(a: number, b: number): number").waitFor();
    expect(await tooltip.locator("p code").allTextContents()).toEqual(["a", "b", "a"]);
    expect(await tooltip.locator("p strong").allTextContents()).toEqual(["first"]);
    await notebook.picture("language-tooltip");
    await notebook.page.keyboard.press("Escape");
  });

  test("a type error is shown below the cell with its line underlined, and the cell ran all the same", async () => {
    const shown = await notebook.shown("wrong");
    expect(shown).toMatch(/^it ran\n\s*Type error \(the cell has run all the same\)/);
    expect(shown).toContain(`Cell [2], ${TYPE_ERROR.trimEnd()}`);
    await notebook.picture("language-type-error");
  });
});

describeInBrowser("strict types in JupyterLab", (browser) => {
  let lab: Lab;

  beforeAll(async () => {
    lab = await labWithNotebook(browser, { LOOPBOOK_TYPES: "strict" });
  });
  afterAll(() => lab?.[Symbol.asyncDispose]());

  test("a cell with a type error does not run, and says why", async () => {
    const notebook = await lab.open("language.ipynb");
    await run(notebook, "wrong");
    await expect.poll(() => notebook.shown("wrong"), POLLING).toBe(`TypeCheckError: Cell [1], ${TYPE_ERROR}`);
    await notebook.picture("language-strict");
  });
});

async function labWithNotebook(browser: string, env: NodeJS.ProcessEnv): Promise<Lab> {
  const folder = scratchFolder();
  cpSync("test/jupyter/fixtures/language.ipynb", join(folder, "language.ipynb"));
  // JupyterLab shows the signature of what is selected in the completer, to who wants to see it.
  const config = join(folder, ".config");
  const settings = join(config, "lab/user-settings/@jupyterlab/completer-extension");
  mkdirSync(settings, { recursive: true });
  writeFileSync(join(settings, "manager.jupyterlab-settings"), JSON.stringify({ showDocumentationPanel: true }));
  return Lab.start(folder, browser, { ...env, JUPYTER_CONFIG_DIR: config });
}

async function run(notebook: LabNotebook, id: string): Promise<void> {
  await notebook.select(id);
  await notebook.command("notebook:run-cell");
}
