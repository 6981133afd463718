// The command line of `node install.js` and `loopbook install`: one text, one behaviour.
// Plain JavaScript, because install.js runs on any Node from 20 on and before anything is built.

import { parseArgs } from "node:util";
import { NoEngineError } from "../engine.js";
import { jupyterPath, prefixDataDir, pythonPrefix, userDataDir } from "./jupyter-paths.js";
import {
  DEFAULT_DISPLAY_NAME,
  DEFAULT_NAME,
  InstallError,
  installKernelSpec,
  listKernelSpecs,
  uninstallKernelSpec,
} from "./kernelspec.js";

/** @param {string} command */
const usage = (command) => `Usage: ${command} [where] [options]

Installs the Loopbook kernel for Jupyter (JupyterLab, Notebook, VS Code, nbclient, papermill, ...).

Where:
  --user             for the current user (the default)
  --sys-prefix       into the active virtualenv or conda environment, else that of python3
  --prefix DIR       into DIR/share/jupyter

Options:
  --name NAME        the kernelspec's name (default: ${DEFAULT_NAME})
  --display-name S   what Jupyter shows (default: ${DEFAULT_DISPLAY_NAME})
  --list             show the Loopbook kernelspecs that Jupyter finds, and whether they still work
  --uninstall        remove the kernelspec, from the place given or from wherever Jupyter finds it
  --help             show this text
`;

class UsageError extends Error {
  /** @override */
  name = "UsageError";
}

/**
 * Runs the command and returns the exit code: 0 done, 1 it could not be done, 2 it was not asked rightly.
 *
 * @param {string[]} words the command line's arguments
 * @param {string} command how the user started it, for the usage text
 * @returns {number}
 */
export function installCommand(words, command) {
  try {
    return run(words, command);
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`${error.message}\n\n${usage(command)}`);
      return 2;
    }
    if (error instanceof InstallError || error instanceof NoEngineError) {
      process.stderr.write(`${error.message}\n`);
      return 1;
    }
    throw error;
  }
}

/**
 * @param {string[]} words
 * @param {string} command
 */
function run(words, command) {
  const options = parse(words);
  if (options.help) {
    process.stdout.write(usage(command));
    return 0;
  }
  if (options.list) return list();
  const chosen = chosenDataDir(options);
  const name = options.name ?? DEFAULT_NAME;
  if (options.uninstall) return uninstall(chosen === undefined ? jupyterPath() : [chosen], name);

  const displayName = options["display-name"] ?? DEFAULT_DISPLAY_NAME;
  const dataDir = chosen ?? userDataDir();
  const folder = installKernelSpec({ dataDir, name, displayName });
  process.stdout.write(`Installed "${displayName}" in ${folder}\n`);
  if (!jupyterPath().includes(dataDir))
    process.stdout.write(
      `Jupyter finds it there if JUPYTER_PATH contains ${dataDir}, or if it runs from that prefix.\n`,
    );
  return 0;
}

/** @param {string[]} words */
function parse(words) {
  try {
    return parseArgs({
      args: words,
      options: {
        user: { type: "boolean" },
        "sys-prefix": { type: "boolean" },
        prefix: { type: "string" },
        name: { type: "string" },
        "display-name": { type: "string" },
        list: { type: "boolean" },
        uninstall: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/**
 * The data folder that the options name, or undefined if they name none.
 *
 * @param {{ user?: boolean, "sys-prefix"?: boolean, prefix?: string }} options
 * @returns {string | undefined}
 */
function chosenDataDir(options) {
  const given = [options.user, options["sys-prefix"], options.prefix !== undefined].filter(Boolean);
  if (given.length > 1) throw new UsageError("Give one of --user, --sys-prefix and --prefix, not several.");
  if (options.prefix !== undefined) {
    if (options.prefix === "") throw new UsageError("--prefix needs a folder.");
    return prefixDataDir(options.prefix);
  }
  if (options["sys-prefix"]) {
    const prefix = pythonPrefix();
    if (prefix === undefined)
      throw new InstallError(
        "--sys-prefix: no virtualenv or conda environment is active and no python3 was found.\nActivate one, or use --user or --prefix DIR.",
      );
    return prefixDataDir(prefix);
  }
  return options.user ? userDataDir() : undefined;
}

/**
 * @param {string[]} dataDirs
 * @param {string} name
 */
function uninstall(dataDirs, name) {
  const removed = uninstallKernelSpec({ dataDirs, name });
  if (removed.length === 0) {
    process.stderr.write(`No kernelspec "${name}" found in:\n${dataDirs.map((folder) => `  ${folder}\n`).join("")}`);
    return 1;
  }
  for (const folder of removed) process.stdout.write(`Removed ${folder}\n`);
  return 0;
}

function list() {
  const specs = listKernelSpecs();
  if (specs.length === 0) {
    process.stdout.write(
      `No Loopbook kernelspec found in:\n${jupyterPath()
        .map((folder) => `  ${folder}\n`)
        .join("")}`,
    );
    return 0;
  }
  for (const { name, folder, displayName, missing } of specs) {
    process.stdout.write(`${name}  "${displayName}"  ${folder}\n`);
    for (const path of missing) process.stdout.write(`  broken: ${path} does not exist; install again\n`);
  }
  return 0;
}
