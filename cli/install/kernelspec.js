// Writes, finds and removes Jupyter kernelspecs: the folders by which every Jupyter client finds a kernel.
// Plain JavaScript, because install.js uses it before anything is built.

import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { findEngine } from "../engine.js";
import { jupyterPath } from "./jupyter-paths.js";

/** The folder of this package: of the checkout, or in somebody's node_modules. */
export const PACKAGE_ROOT = packageRoot(dirname(fileURLToPath(import.meta.url)));

export const DEFAULT_NAME = "loopbook";
export const DEFAULT_DISPLAY_NAME = "TypeScript (Loopbook)";

/**
 * Also imported from a bundle in dist/, so the root is searched, not counted in dots.
 *
 * @param {string} folder
 * @returns {string}
 */
function packageRoot(folder) {
  return existsSync(join(folder, "package.json")) || dirname(folder) === folder ? folder : packageRoot(dirname(folder));
}

/**
 * @typedef {object} KernelSpec
 * @property {string[]} argv
 * @property {string} display_name
 * @property {string} language
 * @property {string} interrupt_mode
 * @property {{ [name: string]: unknown }} metadata
 */

/** @typedef {{ name: string, folder: string, displayName: string, argv: string[], missing: string[] }} InstalledSpec */

/** Thrown where a kernelspec cannot be written or removed; the message says what was tried, why it failed, and what helps. */
export class InstallError extends Error {
  /** @override */
  name = "InstallError";
}

/** The built kernel, which every kernelspec points to. */
const kernelEntry = () => join(PACKAGE_ROOT, "dist", "kernel", "main.js");

/**
 * When an interrupt has V8 terminate the callback of a timer, Node finds its stack of async ids unbalanced and ends the
 * process; with this option it goes on.
 */
const ENGINE_OPTIONS = ["--no-force-async-hooks-checks"];

/**
 * What goes into kernel.json. Unless `mayInstall`, the kernel installs no packages that cells name.
 *
 * @param {{ displayName?: string, mayInstall?: boolean | undefined }} [options]
 * @returns {KernelSpec}
 * @throws {InstallError | import("../engine.js").NoEngineError}
 */
export function kernelSpec({ displayName = DEFAULT_DISPLAY_NAME, mayInstall = true } = {}) {
  if (!existsSync(kernelEntry()))
    throw new InstallError(
      `The kernel is not built: ${kernelEntry()} is missing.\nRun \`npm run build\` in ${PACKAGE_ROOT} first.`,
    );
  return {
    argv: [
      findEngine(),
      ...ENGINE_OPTIONS,
      kernelEntry(),
      ...(mayInstall ? [] : ["--no-install"]),
      "{connection_file}",
    ],
    display_name: displayName,
    language: "typescript",
    interrupt_mode: "message",
    metadata: { debugger: false },
  };
}

/**
 * Writes the kernelspec `name` into a Jupyter data folder and returns its folder. It appears whole or not at all: the files
 * are written beside their place and renamed, and an older one steps aside first and comes back if that fails.
 *
 * @param {{ dataDir: string, name?: string, displayName?: string, mayInstall?: boolean }} options
 * @returns {string}
 * @throws {InstallError | import("../engine.js").NoEngineError}
 */
export function installKernelSpec({ dataDir, name = DEFAULT_NAME, ...options }) {
  checkName(name);
  const spec = kernelSpec(options);
  const kernels = join(dataDir, "kernels");
  const target = join(kernels, name);
  let staging = "";
  try {
    mkdirSync(kernels, { recursive: true });
    staging = mkdtempSync(join(kernels, `.${name}-`));
    const fresh = join(staging, "new");
    const old = join(staging, "old");
    cpSync(join(PACKAGE_ROOT, "kernel", "logos"), fresh, { recursive: true });
    writeFileSync(join(fresh, "kernel.json"), `${JSON.stringify(spec, null, 2)}\n`);
    const replacing = existsSync(target);
    if (replacing) renameSync(target, old);
    try {
      renameSync(fresh, target);
    } catch (error) {
      if (replacing) renameSync(old, target);
      throw error;
    }
  } catch (error) {
    throw new InstallError(
      `Cannot write the kernelspec to ${target}\n  ${reason(error)}\n` +
        "Choose a folder that you may write to: --user, --sys-prefix (inside a virtualenv or conda environment) or --prefix DIR.",
      { cause: error },
    );
  } finally {
    if (staging) rmSync(staging, { recursive: true, force: true });
  }
  return target;
}

/**
 * Removes the kernelspec `name` from every given data folder and returns the folders that are gone. Another kernel's
 * kernelspec of that name is an error, not a loss.
 *
 * @param {{ dataDirs: string[], name?: string }} options
 * @returns {string[]}
 * @throws {InstallError}
 */
export function uninstallKernelSpec({ dataDirs, name = DEFAULT_NAME }) {
  checkName(name);
  const removed = [];
  for (const dataDir of dataDirs) {
    const folder = join(dataDir, "kernels", name);
    if (!existsSync(join(folder, "kernel.json"))) continue;
    if (!isLoopbook(readSpec(folder)))
      throw new InstallError(`${folder} belongs to another kernel; it was not removed.`);
    try {
      rmSync(folder, { recursive: true });
    } catch (error) {
      throw new InstallError(`Cannot remove ${folder}\n  ${reason(error)}`, { cause: error });
    }
    removed.push(folder);
  }
  return removed;
}

/**
 * Every Loopbook kernelspec on the Jupyter path, with the files of its command that do not exist (any more).
 *
 * @param {string[]} [dataDirs]
 * @returns {InstalledSpec[]}
 */
export function listKernelSpecs(dataDirs = jupyterPath()) {
  return dataDirs.flatMap((dataDir) => {
    const kernels = join(dataDir, "kernels");
    return readFolder(kernels).flatMap((name) => {
      const folder = join(kernels, name);
      const spec = readSpec(folder);
      if (!isLoopbook(spec)) return [];
      const argv = spec.argv;
      return [
        {
          name,
          folder,
          displayName: spec.displayName,
          argv,
          missing: argv.filter((word) => isAbsolute(word) && !canRead(word)),
        },
      ];
    });
  });
}

/** @param {string} folder */
function readFolder(folder) {
  try {
    return readdirSync(folder).filter((name) => !name.startsWith("."));
  } catch {
    return [];
  }
}

/**
 * A kernel.json is somebody else's text: what is not as it should be is read as empty.
 *
 * @param {string} folder
 * @returns {{ argv: string[], displayName: string }}
 */
function readSpec(folder) {
  try {
    /** @type {unknown} */
    const parsed = JSON.parse(readFileSync(join(folder, "kernel.json"), "utf8"));
    if (typeof parsed !== "object" || parsed === null) return { argv: [], displayName: "" };
    const argv =
      "argv" in parsed && Array.isArray(parsed.argv) ? parsed.argv.filter((word) => typeof word === "string") : [];
    const displayName = "display_name" in parsed && typeof parsed.display_name === "string" ? parsed.display_name : "";
    return { argv, displayName };
  } catch {
    return { argv: [], displayName: "" };
  }
}

/**
 * Ours is what runs our kernel's entry point; the folder's name is the user's choice.
 *
 * @param {{ argv: string[], displayName: string }} spec
 */
function isLoopbook({ argv, displayName }) {
  return argv.some((word) => /[\\/]dist[\\/]kernel[\\/]main\.js$/.test(word)) || /loopbook/i.test(displayName);
}

/** @param {string} path */
function canRead(path) {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} name */
function checkName(name) {
  if (!/^[a-z0-9._-]+$/i.test(name) || basename(name) !== name || /^\.+$/.test(name))
    throw new InstallError(`--name must be made of letters, digits, ".", "_" and "-", got ${JSON.stringify(name)}`);
}

/** @param {unknown} error */
const reason = (error) => (error instanceof Error ? error.message : String(error));
