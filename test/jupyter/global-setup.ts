// Once for all suites of this folder: the Python environment, and the kernelspec installed as a user would.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { TestProject } from "vitest/node";
import { BIN, preparePython } from "../../cli/lab/environment.js";

export interface JupyterSetup {
  /** The Python of the test environment; undefined where none could be made: the suites are skipped, by name. */
  python: string | undefined;
  /** The folder of its commands. */
  bin: string;
  /** Where notebooks are run. Inside the package: scripts that lessons start import `loopbook` as anybody does. */
  notebooks: string;
  /** What to run the clients with: nothing of the user's own Jupyter, and our kernelspec. */
  env: { [name: string]: string };
}

declare module "vitest" {
  export interface ProvidedContext {
    jupyter: JupyterSetup;
  }
}

export default function setup(project: TestProject): () => void {
  const python = preparePython();
  const scratch = mkdtempSync(join(tmpdir(), "loopbook-jupyter-"));
  execFileSync(process.execPath, ["install.js", "--prefix", scratch], { stdio: ["ignore", "ignore", "inherit"] });
  mkdirSync("test-artifacts", { recursive: true });
  const notebooks = mkdtempSync(resolve("test-artifacts/notebooks-"));
  project.provide("jupyter", {
    python,
    bin: BIN,
    notebooks,
    env: {
      JUPYTER_PATH: join(scratch, "share", "jupyter"),
      JUPYTER_CONFIG_DIR: join(scratch, "config"),
      JUPYTER_DATA_DIR: join(scratch, "data"),
      JUPYTER_RUNTIME_DIR: join(scratch, "runtime"),
      IPYTHONDIR: join(scratch, "ipython"),
      XDG_DATA_HOME: join(scratch, "xdg-data"),
      XDG_STATE_HOME: join(scratch, "xdg-state"),
    },
  });
  return () => {
    for (const folder of [scratch, notebooks]) rmSync(folder, { recursive: true, force: true });
  };
}
