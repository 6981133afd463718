// What programs print that are started with `stdio: "inherit"`, or with `process.stdout`: it goes where the output of the
// cell goes that started them.

import type * as childProcess from "node:child_process";
import type { Pipes, ProgramPipes } from "./program-pipes.ts";

type Module = typeof childProcess;
type StartOptions = { stdio?: unknown };

/** Has the functions of `child_process` give programs pipes of the cell where they were to have the kernel's own output. */
export function showProgramOutput(module: Module, pipes: ProgramPipes): void {
  // `spawn`, `fork` and `exec` end here.
  const prototype: { spawn(options: StartOptions): unknown } = module.ChildProcess.prototype as never;
  const { spawn } = prototype;
  prototype.spawn = function (this: childProcess.ChildProcess, options) {
    const given = redirected(options?.stdio, pipes);
    if (!given) return spawn.call(this, options);
    try {
      return spawn.call(this, { ...options, stdio: given.stdio });
    } finally {
      pipes.close(given.pipes);
      // Who hears of its end has seen all it printed.
      this.prependListener("exit", () => pipes.flush());
    }
  };
  for (const name of ["spawnSync", "execFileSync", "execSync"] as const) replaceSync(module, name, pipes);
}

function replaceSync(module: Module, name: "spawnSync" | "execFileSync" | "execSync", pipes: ProgramPipes): void {
  const original = module[name] as (...args: unknown[]) => unknown;
  const replacement = (...args: unknown[]): unknown => {
    const at = args.findIndex((arg, index) => index > 0 && isOptions(arg));
    const options = args[at] as StartOptions | undefined;
    const given = redirected(options?.stdio, pipes);
    if (!given) return original(...args);
    try {
      return original(...args.with(at, { ...options, stdio: given.stdio }));
    } finally {
      pipes.close(given.pipes);
      pipes.flush();
    }
  };
  Object.defineProperty(replacement, "name", { value: name });
  Object.defineProperty(replacement, "length", { value: original.length });
  Reflect.set(module, name, replacement);
}

const isOptions = (value: unknown): value is StartOptions =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** `stdio` with pipes for what would be the kernel's standard output or error; undefined where nothing would be. */
function redirected(stdio: unknown, pipes: ProgramPipes): { stdio: unknown[]; pipes: Pipes } | undefined {
  const entries: unknown[] =
    stdio === "inherit" ? ["inherit", "inherit", "inherit"] : Array.isArray(stdio) ? stdio : [];
  const targets = entries.map((entry, index) => standardOutput(entry, index));
  if (!targets.some((target) => target !== undefined)) return undefined;
  const opened = pipes.open();
  return (
    opened && { stdio: entries.map((entry, index) => (targets[index] ? opened[targets[index]] : entry)), pipes: opened }
  );
}

/** Which of the process's own streams an entry of `stdio` names. */
function standardOutput(entry: unknown, index: number): keyof Pipes | undefined {
  const descriptor =
    entry === "inherit" ? index : typeof entry === "object" && entry !== null ? Reflect.get(entry, "fd") : entry;
  return descriptor === 1 ? "stdout" : descriptor === 2 ? "stderr" : undefined;
}
