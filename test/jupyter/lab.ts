// JupyterLab, served from a folder of its own, in a headless Chromium.

import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import * as z from "zod";
import { createConnection } from "../../cli/client/connection.ts";
import { type Notebook, parseNotebook } from "../../cli/notebook/format.ts";
import { CHROMIUM_FLAGS } from "../chromium.ts";
import { ARTIFACTS, clientBin, clientEnv } from "./clients.ts";

const TOKEN = "loopbook-test";

const cellSchema = z.object({
  id: z.string(),
  cell_type: z.string(),
  metadata: z.object({ tags: z.array(z.string()).default([]) }),
  execution_count: z.number().nullish(),
  outputs: z.array(z.looseObject({ output_type: z.string() })).default([]),
});

export type LabCell = z.infer<typeof cellSchema>;

export class Lab implements AsyncDisposable {
  readonly #server: ChildProcess;
  readonly #browser: Browser;
  readonly #url: string;

  private constructor(server: ChildProcess, browser: Browser, url: string) {
    this.#server = server;
    this.#browser = browser;
    this.#url = url;
  }

  /** Serves the notebooks of a folder; `env` is for the server and its kernels. */
  static async start(folder: string, executablePath: string, env: NodeJS.ProcessEnv = {}): Promise<Lab> {
    const { shell_port: port } = await createConnection();
    const options = {
      "ServerApp.ip": "127.0.0.1",
      "ServerApp.port": port,
      "ServerApp.port_retries": 0,
      "ServerApp.root_dir": folder,
      "ServerApp.open_browser": "False",
      "ServerApp.allow_root": "True",
      "IdentityProvider.token": TOKEN,
      "LabApp.expose_app_in_browser": "True",
      "LabApp.extension_manager": "readonly",
      "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
    };
    const server = spawn(
      join(clientBin, "jupyter"),
      ["lab", ...Object.entries(options).map(([name, value]) => `--${name}=${value}`)],
      { env: { ...clientEnv, ...env }, stdio: "ignore" },
    );
    const url = `http://127.0.0.1:${port}`;
    await answers(`${url}/api/status?token=${TOKEN}`);
    const browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
    mkdirSync(ARTIFACTS, { recursive: true });
    return new Lab(server, browser, url);
  }

  /** Opens a notebook in a fresh workspace, and waits until its kernel is idle. */
  async open(name: string): Promise<LabNotebook> {
    const page = await this.#browser.newPage({ viewport: { width: 1280, height: 1600 } });
    await page.goto(`${this.#url}/lab/workspaces/${Date.now()}/tree/${name}?token=${TOKEN}`);
    // The toolbar says "idle" before there is a kernel.
    await page.waitForFunction(
      `{ const kernel = window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel;
         kernel?.connectionStatus === "connected" && kernel.status === "idle" }`,
    );
    const notebook = new LabNotebook(page);
    return notebook;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close();
    this.#server.kill();
    await new Promise((resolve) => this.#server.once("exit", resolve));
  }
}

export class LabNotebook {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Waits until the kernel is idle, as the notebook's toolbar shows it. */
  async idle(): Promise<void> {
    await this.page.locator('.jp-NotebookPanel .jp-Notebook-ExecutionIndicator[data-status="idle"]').waitFor();
  }

  async busy(): Promise<void> {
    await this.page.locator('.jp-NotebookPanel .jp-Notebook-ExecutionIndicator[data-status="busy"]').waitFor();
  }

  /** Runs a command of JupyterLab, such as `notebook:run-all-cells`. */
  async command(name: string): Promise<void> {
    await this.page.evaluate(`void window.jupyterapp.commands.execute(${JSON.stringify(name)})`);
  }

  /** Selects the cell with this id. */
  async select(id: string): Promise<void> {
    await this.page.evaluate(
      `{ const { content } = window.jupyterapp.shell.currentWidget;
         content.activeCellIndex = content.widgets.findIndex(cell => cell.model.id === ${JSON.stringify(id)}); }`,
    );
  }

  /** Puts the cursor at the end of a cell and types, key by key, as a user does. */
  async type(id: string, text: string): Promise<void> {
    await this.select(id);
    await this.page.evaluate(
      `{ const { content } = window.jupyterapp.shell.currentWidget;
         content.mode = "edit";
         content.activeCell.editor.focus(); }`,
    );
    await this.page.keyboard.press("Control+End");
    await this.page.keyboard.type(text);
  }

  /** The notebook as it would be saved. */
  async model(): Promise<Notebook> {
    return parseNotebook(await this.#json());
  }

  /** The cells as they would be saved. */
  async cells(): Promise<LabCell[]> {
    return z.object({ cells: z.array(cellSchema) }).parse(JSON.parse(await this.#json())).cells;
  }

  async #json(): Promise<string> {
    return z
      .string()
      .parse(await this.page.evaluate("JSON.stringify(window.jupyterapp.shell.currentWidget.content.model.toJSON())"));
  }

  /** The drawing that a cell shows, scrolled into view: JupyterLab draws only what is near. */
  async drawing(id: string): Promise<Locator> {
    await this.select(id);
    await this.page.evaluate(
      `{ const { content } = window.jupyterapp.shell.currentWidget;
         void content.scrollToCell(content.activeCell); }`,
    );
    return this.page.locator(".jp-Notebook-cell.jp-mod-active .jp-OutputArea-output").locator("svg, img").first();
  }

  /** The code of the cell with this id. */
  async source(id: string): Promise<string | undefined> {
    return (await this.model()).cells.find((cell) => cell.id === id)?.source;
  }

  /** What the cell with this id shows, as text. */
  async shown(id: string): Promise<string> {
    const cell = (await this.cells()).find((candidate) => candidate.id === id);
    return (cell?.outputs ?? []).map(text).join("");
  }

  /** Keeps a picture among the test's artefacts. */
  async picture(name: string): Promise<void> {
    await this.page.screenshot({ path: join(ARTIFACTS, `${name}.png`) });
  }
}

const outputSchema = z.object({
  text: z.union([z.string(), z.array(z.string())]).optional(),
  data: z.looseObject({ "text/plain": z.union([z.string(), z.array(z.string())]).optional() }).optional(),
  ename: z.string().optional(),
  evalue: z.string().optional(),
});

function text(output: unknown): string {
  const { text, data, ename, evalue } = outputSchema.parse(output);
  if (ename !== undefined) return `${ename}: ${evalue}`;
  const found = text ?? data?.["text/plain"] ?? "";
  return typeof found === "string" ? found : found.join("");
}

async function answers(url: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    try {
      if ((await fetch(url)).ok) return;
    } catch {
      // Not listening yet.
    }
    if (Date.now() > deadline) throw new Error(`JupyterLab does not answer at ${url}`);
    await delay(200);
  }
}
