#!/usr/bin/env node
// `npm run lab`: JupyterLab with this checkout's kernel, opened on the lessons. It is the JupyterLab of the tests' own Python
// environment, so nothing of the machine's is needed or changed. Words after `npm run lab --` go to JupyterLab.
// Plain JavaScript, because npm runs it with whatever Node it has.

import { spawn, spawnSync } from "node:child_process";
import { constants } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { BIN, preparePython } from "../../test/jupyter/environment.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
/** Where the kernelspec goes: into no place that other Jupyters look at. */
const prefix = join(root, "test-artifacts/lab");

const NO_PYTHON = `JupyterLab needs Python 3.10 or newer with venv, and none was found.
On Debian and Ubuntu: apt install python3-venv. Or use a JupyterLab of your own: node install.js, then jupyter lab notebooks`;

if (!preparePython()) {
  console.error(NO_PYTHON);
  process.exitCode = 1;
} else if (installKernel()) {
  startLab();
}

function installKernel() {
  const { status } = spawnSync(process.execPath, [join(root, "install.js"), "--prefix", prefix], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (status !== 0) process.exitCode = status ?? 1;
  return status === 0;
}

function startLab() {
  const path = [join(prefix, "share/jupyter"), process.env.JUPYTER_PATH].filter(Boolean).join(delimiter);
  // A server for one user on their own machine; root is common in containers, and Jupyter refuses it unless told.
  const asRoot = process.getuid?.() === 0 ? ["--allow-root"] : [];
  const lab = spawn(
    join(BIN, "jupyter"),
    ["lab", `--ServerApp.root_dir=${join(root, "notebooks")}`, ...asRoot, ...process.argv.slice(2)],
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
