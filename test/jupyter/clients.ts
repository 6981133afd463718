// How the suites of this folder reach the Python clients.

import { execFile } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, inject } from "vitest";
import { findChromium } from "../chromium.ts";

const { python, bin, notebooks, env } = inject("jupyter");

/** What tests leave behind to be looked at: not committed. */
export const ARTIFACTS = join(import.meta.dirname, "../../test-artifacts");

/** The folder of the environment's commands. */
export const clientBin = bin;

export const clientEnv: NodeJS.ProcessEnv = { ...process.env, ...env };

/** A fresh folder for notebooks, gone when all suites have ended. */
export const scratchFolder = (): string => mkdtempSync(join(notebooks, "run-"));

/** `describe` for a suite that needs the Python clients: skipped, with the reason in its name, where they cannot be. */
export function describeWithClients(name: string, suite: (python: string) => void): void {
  if (python === undefined) describe.skip(`${name} (skipped: no Python 3.10 or newer with venv)`, () => suite(""));
  else describe(name, () => suite(python));
}

/** `describe` for a suite that needs JupyterLab in a browser, too. */
export function describeInBrowser(name: string, suite: (browser: string) => void): void {
  const browser = findChromium();
  if (browser === undefined) describe.skip(`${name} (skipped: no Chromium; set CHROMIUM to its path)`, () => suite(""));
  else describeWithClients(name, () => suite(browser));
}

export interface Finished {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a command of the environment (jupyter, papermill, python) to its end. */
export const runClient = (command: string, args: readonly string[], cwd?: string): Promise<Finished> =>
  finish(join(bin, command), args, cwd);

/** Runs a script of the checkout to its end. */
export const runScript = (script: string, args: readonly string[], cwd?: string): Promise<Finished> =>
  finish(process.execPath, [join(import.meta.dirname, "../..", script), ...args], cwd);

/** Runs our own command to its end. */
export const runLoopbook = (args: readonly string[], cwd?: string): Promise<Finished> =>
  runScript("cli/loopbook.js", args, cwd);

async function finish(file: string, args: readonly string[], cwd: string | undefined): Promise<Finished> {
  try {
    const { stdout, stderr } = await promisify(execFile)(file, args, { env: clientEnv, cwd, maxBuffer: 1 << 28 });
    return { code: 0, stdout, stderr };
  } catch (error) {
    if (!(error instanceof Error && "stdout" in error && "stderr" in error)) throw error;
    const code = "code" in error && typeof error.code === "number" ? error.code : 1;
    return { code, stdout: String(error.stdout), stderr: String(error.stderr) };
  }
}
