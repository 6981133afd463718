// `npm run bench -- [--rounds N] [NAME[:LANG] ...]`: Loopbook beside other kernels, measured in turn by the same Python client.
// Without names: Loopbook and the ipykernel of the test environment. Others are found through JUPYTER_PATH.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { installKernelSpec } from "../cli/install/kernelspec.js";
import { preparePython } from "../cli/lab/environment.js";

const python = preparePython();
if (!python) {
  console.error("The benchmark needs Python 3.10 or newer with venv.");
  process.exit(1);
}

const given = process.argv.slice(2);
const words = given.some((word, index) => !word.startsWith("-") && !given[index - 1]?.startsWith("--"))
  ? given
  : [...given, "loopbook", "python3:py"];

const dataDir = mkdtempSync(join(tmpdir(), "loopbook-bench-"));
try {
  installKernelSpec({ dataDir });
  const { JUPYTER_PATH } = process.env;
  const env = { ...process.env, JUPYTER_PATH: JUPYTER_PATH ? `${dataDir}${delimiter}${JUPYTER_PATH}` : dataDir };
  const { status } = spawnSync(python, [join(import.meta.dirname, "kernels.py"), ...words], { env, stdio: "inherit" });
  process.exitCode = status ?? 1;
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}
