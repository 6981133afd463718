// The Python environment of `npm run lab` and of the tests with real clients: made once in test/jupyter/.venv, again when its
// requirements change. Plain JavaScript, because the benchmark uses it too: `node cli/lab/environment.js` makes it by hand.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = join(dirname(fileURLToPath(import.meta.url)), "../../test/jupyter");
const venv = join(folder, ".venv");
const requirements = join(folder, "requirements.txt");
const stamp = join(venv, ".made-from");
const onWindows = process.platform === "win32";

/** The folder of the environment's commands: python, jupyter, papermill. */
export const BIN = join(venv, onWindows ? "Scripts" : "bin");

const PYTHONS = ["python3", "python", "python3.14", "python3.13", "python3.12", "python3.11", "python3.10"];
const IS_ENOUGH = "import sys, venv, ensurepip; print(sys.version); sys.exit(sys.version_info < (3, 10))";

/**
 * Makes the environment, if it is not there as it should be, and returns its Python; undefined where the machine has no
 * Python that is new enough (3.10) and whole (with venv).
 *
 * @returns {string | undefined}
 */
export function preparePython() {
  const python = join(BIN, onWindows ? "python.exe" : "python");
  const base = findPython();
  if (!base) return undefined;
  const source = createHash("sha256").update(readFileSync(requirements)).update(base.version).digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === source && existsSync(python)) return python;
  const packages = readFileSync(requirements, "utf8").match(/^\w.*(?===)/gm) ?? [];
  console.error(
    `JupyterLab and what the tests use are installed into ${venv}, once; that takes some minutes.\n` +
      `The packages, with what they need in turn: ${packages.join(", ")}`,
  );
  rmSync(venv, { recursive: true, force: true });
  /** @type {import("node:child_process").ExecFileSyncOptions} */
  const options = { stdio: ["ignore", process.stderr, process.stderr] };
  execFileSync(base.command, ["-m", "venv", venv], options);
  // pip tells what it downloads and how far it is.
  execFileSync(python, ["-m", "pip", "install", "--disable-pip-version-check", "-r", requirements], options);
  // Jupyter's own scripts are CommonJS; this package's "type" is not theirs.
  writeFileSync(join(venv, "package.json"), "{}\n");
  writeFileSync(stamp, source);
  return python;
}

/** @returns {{ command: string, version: string } | undefined} */
function findPython() {
  for (const command of PYTHONS) {
    try {
      const version = execFileSync(command, ["-c", IS_ENOUGH], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      });
      return { command, version };
    } catch {
      // Not there, too old, or without venv.
    }
  }
  return undefined;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const python = preparePython();
  if (!python) console.error("No Python 3.10 or newer with venv was found.");
  process.exitCode = python ? 0 : 1;
}
