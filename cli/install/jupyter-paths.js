// Where Jupyter keeps its data, found as jupyter_core finds it. Plain JavaScript, for any Node from 20 on.

import { execFileSync } from "node:child_process";
import { homedir } from "node:os";
import { delimiter, join, resolve } from "node:path";

/** @typedef {Readonly<Record<string, string | undefined>>} Env */
/** @typedef {{ env: Env, platform: NodeJS.Platform, home: string }} Machine */

/** @type {Machine} */
const THIS_MACHINE = { env: process.env, platform: process.platform, home: homedir() };

/**
 * The user's Jupyter data folder: `JUPYTER_DATA_DIR`, else the place the platform has for it.
 *
 * @param {Machine} [machine]
 * @returns {string}
 */
export function userDataDir(machine = THIS_MACHINE) {
  const { env, platform, home } = machine;
  if (env.JUPYTER_DATA_DIR) return env.JUPYTER_DATA_DIR;
  if (isSet(env.JUPYTER_PLATFORM_DIRS)) return platformDataDir(machine);
  if (platform === "darwin") return join(home, "Library", "Jupyter");
  if (platform === "win32") {
    if (env.APPDATA) return join(env.APPDATA, "jupyter");
    return join(env.JUPYTER_CONFIG_DIR || join(home, ".jupyter"), "data");
  }
  return join(env.XDG_DATA_HOME || join(home, ".local", "share"), "jupyter");
}

/** @param {Machine} machine */
function platformDataDir({ env, platform, home }) {
  if (platform === "darwin") return join(home, "Library", "Application Support", "Jupyter");
  if (platform === "win32") return join(env.LOCALAPPDATA || join(home, "AppData", "Local"), "Jupyter");
  return join(env.XDG_DATA_HOME || join(home, ".local", "share"), "jupyter");
}

/**
 * The data folder of an installation prefix, as `--prefix` and `--sys-prefix` of Jupyter's own commands mean it.
 *
 * @param {string} prefix
 */
export const prefixDataDir = (prefix) => join(resolve(prefix), "share", "jupyter");

/**
 * The prefix of the active Python environment: the virtualenv or conda environment that is switched on, else that of the
 * `python3` on the path. Undefined where there is no Python.
 *
 * @param {Env} [env]
 * @returns {string | undefined}
 */
export function pythonPrefix(env = process.env) {
  if (env.VIRTUAL_ENV) return env.VIRTUAL_ENV;
  if (env.CONDA_PREFIX) return env.CONDA_PREFIX;
  for (const python of ["python3", "python"]) {
    try {
      const printed = execFileSync(python, ["-c", "import sys; print(sys.prefix)"], {
        encoding: "utf8",
        env: { ...env },
        stdio: ["ignore", "pipe", "ignore"],
        timeout: 20_000,
      });
      if (printed.trim()) return printed.trim();
    } catch {
      // Not there, or a stub that only offers to install Python: try the next name.
    }
  }
  return undefined;
}

/**
 * Every folder in which Jupyter looks for data, best first: `JUPYTER_PATH`, the user's, the environment's, the system's.
 * Whether the user or the environment comes first is Jupyter's own guess about its Python; this list takes the user's first.
 *
 * @param {Machine} [machine]
 * @returns {string[]}
 */
export function jupyterPath(machine = THIS_MACHINE) {
  const { env } = machine;
  const prefix = pythonPrefix(env);
  const folders = [
    ...(env.JUPYTER_PATH ?? "").split(delimiter).filter((folder) => folder !== ""),
    userDataDir(machine),
    ...(prefix ? [prefixDataDir(prefix)] : []),
    ...systemDataDirs(machine),
  ];
  return [...new Set(folders.map((folder) => resolve(folder)))];
}

/** @param {Machine} machine */
function systemDataDirs({ env, platform }) {
  if (platform !== "win32") return ["/usr/local/share/jupyter", "/usr/share/jupyter"];
  return isSet(env.JUPYTER_USE_PROGRAMDATA) && env.PROGRAMDATA ? [join(env.PROGRAMDATA, "jupyter")] : [];
}

/**
 * Jupyter's own reading of a switch in the environment.
 *
 * @param {string | undefined} value
 */
const isSet = (value) => value !== undefined && !["no", "n", "false", "off", "0", "0.0"].includes(value.toLowerCase());
