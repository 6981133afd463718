// `error.stack` as the user should read it: places in cells and TypeScript files as written, no frames of the kernel.

import type { Scripts } from "./scripts.ts";

export interface StackTraceOptions {
  scripts: Scripts;
  /** URLs or paths that begin so are the kernel's own. */
  hidden: readonly string[];
}

/** Parts of Node that carry a call from one place of the user's code to another. */
const PLUMBING = [
  "node:internal/async_local_storage/",
  "node:internal/event_target",
  "node:internal/modules/",
  "node:internal/process/task_queues",
  "node:diagnostics_channel",
];

/** Makes V8 format stacks so from now on. A handler that user code sets later takes its place, as it would in Node. */
export function installStackTraces({ scripts, hidden }: StackTraceOptions): void {
  const own = [...hidden, ...PLUMBING];
  const isHidden = (file: string): boolean => own.some((start) => file.startsWith(start));
  // Frames of the kernel count towards the limit before they are left out.
  Error.stackTraceLimit = 25;
  Error.prepareStackTrace = (error, sites) => {
    const lines: string[] = [];
    let insideScope = false;
    for (const site of sites) {
      const file = site.getScriptNameOrSourceURL() ?? site.getFileName() ?? "";
      if (file === "node:inspector") break; // what is below has started the cell
      if (isHidden(file)) {
        insideScope ||= !site.isAsync() && site.getFunctionName() === "asyncScope";
        continue;
      }
      // An async function of a cell is two functions to V8: the inner one is what the user wrote.
      if (insideScope) {
        insideScope = false;
        continue;
      }
      lines.push(`    at ${described(site, file, scripts)}`);
    }
    return [header(error), ...lines].join("\n");
  };
}

function header(error: Error): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return "<error>";
  }
}

function described(site: NodeJS.CallSite, file: string, scripts: Scripts): string {
  const [line, column] = [site.getLineNumber(), site.getColumnNumber()];
  const found = line === null || column === null ? undefined : scripts.locate(file, { line, column });
  if (!found) {
    const script = scripts.get(file);
    return script ? `${calledName(site)} (${script.name})` : String(site);
  }
  const { script, position } = found;
  const place = `${script.name}:${position.line}:${position.column}`;
  return site.getFunctionName() ? `${calledName(site)} (${place})` : `${site.isAsync() ? "async " : ""}${place}`;
}

function calledName(site: NodeJS.CallSite): string {
  const name = site.getFunctionName() ?? "<anonymous>";
  const type = site.getTypeName();
  const called = site.isConstructor()
    ? `new ${name}`
    : site.getMethodName() && type && type !== "Object" && !name.includes(".")
      ? `${type}.${name}`
      : name;
  return site.isAsync() ? `async ${called}` : called;
}
