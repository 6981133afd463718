// `npm run bench:runtime`: the runtime beside asyncio, uvloop and other libraries, one process a case, in turn.
// What is compared is installed beside the benchmark at the first run, not with the package.

import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "runtime");
const venv = join(folder, ".venv");
const python = join(venv, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");

if (!existsSync(join(folder, "node_modules", "effect")))
  execFileSync("npm", ["install", "--no-package-lock", "--no-fund", "--no-audit"], { cwd: folder, stdio: "inherit" });
if (!existsSync(python)) {
  execFileSync("python3", ["-m", "venv", venv], { stdio: "inherit" });
  execFileSync(python, ["-m", "pip", "install", "--quiet", "uvloop"], { stdio: "inherit" });
}

const given = process.argv.slice(2);
const columns = "asyncio,uvloop,promises,effection,effect,small-libraries,asyncio-like";
const words = given.includes("--columns") ? given : [...given, "--columns", columns];
const { status } = spawnSync(process.execPath, ["run.mjs", ...words], {
  cwd: folder,
  stdio: "inherit",
  env: { ...process.env, PYTHON: python, NODE: process.execPath, LIB: "../../dist/runtime/index.js" },
});
process.exitCode = status ?? 1;
