#!/usr/bin/env node
// `npm run lab`: JupyterLab with this checkout's kernel, opened on the lessons. It is the JupyterLab of the tests' own Python
// environment, so nothing of the machine's is needed or changed. Words after `npm run lab --` go to JupyterLab, but for `--no-install`, which is
// the kernel's: it installs no packages that cells import as npm:<name>.
// Plain JavaScript, because npm runs it with whatever Node it has.

import { spawn } from "node:child_process";
import { constants } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { NoEngineError } from "../engine.js";
import { prefixDataDir } from "../install/jupyter-paths.js";
import { InstallError, installKernelSpec } from "../install/kernelspec.js";
import { BIN, preparePython } from "./environment.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
/** Where the kernelspec goes: into no place that other Jupyters look at. */
const dataDir = prefixDataDir(join(root, "test-artifacts/lab"));
const NO_INSTALL = "--no-install";
const words = process.argv.slice(2);

const NO_PYTHON = `JupyterLab needs Python 3.10 or newer with venv, and none was found.
On Debian and Ubuntu: apt install python3-venv. Or use a JupyterLab of your own: node install.js, then jupyter lab notebooks`;

if (!preparePython()) {
  console.error(NO_PYTHON);
  process.exitCode = 1;
} else if (installKernel()) {
  startLab();
}

function installKernel() {
  try {
    installKernelSpec({ dataDir, mayInstall: !words.includes(NO_INSTALL) });
    return true;
  } catch (error) {
    if (!(error instanceof InstallError || error instanceof NoEngineError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
    return false;
  }
}

function startLab() {
  const path = [dataDir, process.env.JUPYTER_PATH].filter(Boolean).join(delimiter);
  // A server for one user on their own machine; root is common in containers, and Jupyter refuses it unless told.
  const asRoot = process.getuid?.() === 0 ? ["--allow-root"] : [];
  const lab = spawn(
    join(BIN, "jupyter"),
    [
      "lab",
      `--ServerApp.root_dir=${join(root, "notebooks")}`,
      ...asRoot,
      ...words.filter((word) => word !== NO_INSTALL),
    ],
    { stdio: "inherit", env: { ...process.env, JUPYTER_PATH: path } },
  );
  // A terminal's Ctrl-C reaches JupyterLab by itself, which then asks whether it is meant.
  process.on("SIGINT", () => process.stdin.isTTY || lab.kill("SIGINT"));
  process.on("SIGTERM", () => lab.kill("SIGTERM"));
  lab.on("error", (error) => {
    console.error(`Cannot start JupyterLab: ${error.message}`);
    process.exitCode = 1;
  });
  lab.on("exit", (code, signal) => {
    process.exitCode = code ?? 128 + (signal ? constants.signals[signal] : 0);
  });
}
