// npm as a child of the kernel: on the kernel's own Node, with a limit of time, and ended when nobody waits for it any more.

import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";

export interface NpmRun {
  /** The folder that npm works in. */
  directory: string;
  args: readonly string[];
  /** Ends npm when it is aborted. */
  signal?: AbortSignal | undefined;
  /** In seconds. Default: `LOOPBOOK_INSTALL_TIMEOUT`, or 300. */
  timeLimit?: number | undefined;
}

const TIME_LIMIT = 300;

/**
 * Runs npm, and resolves with what it prints. Rejects with all that it complains of if it fails, with what to do if it does
 * not end in time, and with the signal's reason.
 */
export async function runNpm({ directory, args, signal, timeLimit = limitFromEnvironment() }: NpmRun): Promise<string> {
  signal?.throwIfAborted();
  const { program, before } = npmProgram();
  const child = spawn(program, [...before, ...args, "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: directory,
    env: onOurNode(),
    stdio: ["ignore", "pipe", "pipe"],
    // npm starts programs of its own: what ends it ends them too.
    detached: process.platform !== "win32",
    shell: program.endsWith(".cmd"),
  });
  const end = (): void => endWithChildren(child);
  process.once("exit", end);
  try {
    return await outcome(child, signal, timeLimit);
  } finally {
    process.off("exit", end);
    if (child.exitCode === null) end();
    // What npm has started may hold these open, and the kernel with them.
    child.stdout.destroy();
    child.stderr.destroy();
  }
}

type PipedChild = ReturnType<typeof spawn> & Pick<ChildProcess, "stdout" | "stderr">;

function outcome(child: PipedChild, signal: AbortSignal | undefined, timeLimit: number): Promise<string> {
  let printed = "";
  let said = "";
  child.stdout?.on("data", (chunk) => {
    printed += String(chunk);
  });
  child.stderr?.on("data", (chunk) => {
    said += String(chunk);
  });
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const onAbort = (): void => reject(signal?.reason);
  const timer = setTimeout(() => {
    const reason = `npm did not end within ${timeLimit} s and was stopped. LOOPBOOK_INSTALL_TIMEOUT=<seconds> allows it more`;
    reject(new Error(npmComplaint(said) === "" ? reason : `${reason}. Until then it said:\n${npmComplaint(said)}`));
  }, timeLimit * 1_000);
  signal?.addEventListener("abort", onAbort);
  child.once("error", (error) => reject(isMissing(error) ? new Error(NO_NPM) : error));
  child.once("close", (code) => {
    if (code === 0) resolve(printed);
    else reject(new Error(npmComplaint(said) || `npm ended with exit code ${code} and said nothing`));
  });
  return promise.finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  });
}

const NO_NPM = "npm is not on the PATH. It comes with Node: https://nodejs.org";

const isMissing = (error: Error): boolean => "code" in error && error.code === "ENOENT";

/** Packages are chosen for the Node that npm runs on: its version, its platform. `env node` finds ours first. */
function onOurNode(): NodeJS.ProcessEnv {
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
  return { ...process.env, [name]: [dirname(process.execPath), process.env[name] ?? ""].join(delimiter) };
}

/** On Windows, npm is a command file that prefers the Node beside it: what that runs is run instead. */
function npmProgram(): { program: string; before: string[] } {
  if (process.platform !== "win32") return { program: "npm", before: [] };
  const folders = (process.env.PATH ?? "").split(delimiter);
  const script = folders.map((folder) => join(folder, "node_modules/npm/bin/npm-cli.js")).find(existsSync);
  return script === undefined ? { program: "npm.cmd", before: [] } : { program: process.execPath, before: [script] };
}

function endWithChildren(child: ChildProcess): void {
  try {
    if (process.platform === "win32" || child.pid === undefined) child.kill();
    else process.kill(-child.pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

function limitFromEnvironment(): number {
  const seconds = Number(process.env.LOOPBOOK_INSTALL_TIMEOUT);
  return seconds > 0 ? seconds : TIME_LIMIT;
}

/** What npm says is wrong, whole: without its name before each line, empty lines, and where its log is. */
export function npmComplaint(said: string): string {
  return said
    .split("\n")
    .map((line) => line.replace(/^npm (?:error|ERR!) ?/, "").trimEnd())
    .filter((line) => !/^(?:\d+|network|notarget)?$|^A complete log of this run/.test(line))
    .join("\n");
}
