// `error.stack` as the user should read it: places in cells and TypeScript files as written, no frames of the kernel.

import { setRejectionListener } from "../../runtime/host.ts";
import { awaitLines, noteAwait, readLines } from "./await-lines.ts";
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

const PLACE = /(?:\(|at (?:async )?)([^()]+):(\d+):(\d+)\)?$/;

/** Makes V8 format stacks so from now on. A handler that user code sets later takes its place, as it would in Node. */
export function installStackTraces({ scripts, hidden }: StackTraceOptions): void {
  const own = [...hidden, ...PLUMBING];
  const isHidden = (file: string): boolean => own.some((start) => file.startsWith(start));
  // Frames of the kernel count towards the limit before they are left out.
  Error.stackTraceLimit = 25;
  Error.prepareStackTrace = (error, sites) => {
    const lines: string[] = [];
    for (const site of sites) {
      const file = site.getScriptNameOrSourceURL() ?? site.getFileName() ?? "";
      if (file === "node:inspector") break; // what is below has started the cell
      if (isHidden(file)) continue;
      lines.push(`    at ${described(site, file, scripts)}`);
    }
    return [header(error), ...lines, ...awaitLines(error, lines)].join("\n");
  };
  setRejectionListener(noteAwait);
  // While one stack is formatted, V8 formats others by itself.
  readLines((line) => {
    const [, file, at, column] = PLACE.exec(line) ?? [];
    if (file === undefined || file === "node:inspector" || isHidden(file)) return undefined;
    const found = scripts.locate(file, { line: Number(at), column: Number(column) });
    if (!found) return line;
    const { script, position } = found;
    return line.replace(PLACE, (all) =>
      all.replace(`${file}:${at}:${column}`, `${script.name}:${position.line}:${position.column}`),
    );
  });
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
