#!/usr/bin/env node
// `npm run lab`: JupyterLab with this checkout's kernel, opened on the first lesson, in the reader's own folder work/. It is the JupyterLab
// of the tests' own Python environment, so nothing of the machine's is needed or changed. Words after `npm run lab --` go to JupyterLab, but for `--no-install`, which is
// the kernel's: it installs no packages that cells import as npm:<name>.
// Plain JavaScript, because npm runs it with whatever Node it has.

import { spawn, spawnSync } from "node:child_process";
import { constants } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { NoEngineError } from "../engine.js";
import { prefixDataDir, userDataDir } from "../install/jupyter-paths.js";
import { InstallError, installKernelSpec } from "../install/kernelspec.js";
import { BIN, preparePython } from "./environment.js";
import { fillWorkFolder } from "./work-folder.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
/** Where the kernelspec goes: into no place that other Jupyters look at. */
const dataDir = prefixDataDir(join(root, "test-artifacts/lab"));
const work = join(root, "work");
const FIRST_LESSON = "01-the-basics.ipynb";
/** Which notebooks are trusted is remembered there, too; other kernels of the user's are still found. */
const env = {
  ...process.env,
  JUPYTER_DATA_DIR: dataDir,
  JUPYTER_PATH: [dataDir, process.env.JUPYTER_PATH, userDataDir()].filter(Boolean).join(delimiter),
};
const NO_INSTALL = "--no-install";
const words = process.argv.slice(2);

const NO_PYTHON = `JupyterLab needs Python 3.10 or newer with venv, and none was found.
On Debian and Ubuntu: apt install python3-venv. Or use a JupyterLab of your own: node install.js, then jupyter lab notebooks`;

if (!preparePython()) {
  console.error(NO_PYTHON);
  process.exitCode = 1;
} else if (installKernel()) {
  prepareLessons();
  startLab();
}

/** Copies the lessons, and has Jupyter trust them, or it would not show their pictures before they have run. */
function prepareLessons() {
  const { copied, kept } = fillWorkFolder({ lessons: join(root, "notebooks"), work });
  if (copied.length > 0) console.error(`The lessons and their helpers are in ${work}: ${copied.length} files are new.`);
  for (const path of kept)
    console.error(`${path} has changed, and you have changed your copy: it is kept. Remove it to have the new one.`);
  const notebooks = copied.filter((path) => path.endsWith(".ipynb"));
  if (notebooks.length === 0) return;
  const { status } = spawnSync(join(BIN, "jupyter"), ["trust", ...notebooks], { cwd: work, env, stdio: "ignore" });
  if (status !== 0) console.error("Jupyter does not trust the lessons: it shows their pictures after they have run.");
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
  // A server for one user on their own machine; root is common in containers, and Jupyter refuses it unless told.
  const asRoot = process.getuid?.() === 0 ? ["--allow-root"] : [];
  const lab = spawn(
    join(BIN, "jupyter"),
    [
      "lab",
      `--ServerApp.root_dir=${work}`,
      `--LabApp.default_url=/lab/tree/${FIRST_LESSON}`,
      ...asRoot,
      ...words.filter((word) => word !== NO_INSTALL),
    ],
    { stdio: "inherit", env },
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
