// An error as a front end shows it: what went wrong, the line of the cell it happened in, how the program got there.

import { inspect } from "node:util";
import type { Position } from "../compile/positions.ts";
import { CellSyntaxError } from "../compile/syntax-error.ts";
import type { Script, Scripts } from "./scripts.ts";

/** The content of an `error` message. */
export interface ErrorContent {
  ename: string;
  evalue: string;
  traceback: string[];
}

/** Source code that an error points into. */
type Shown = Pick<Script, "name" | "source">;

const RED = "\x1b[1;31m";
const CYAN = "\x1b[36m";
const DIM = "\x1b[2m";
const RESET = "\x1b[0m";

const CONTEXT_LINES = 2;
const MAX_DEPTH = 6;

/** Describes anything thrown. `script`: the cell that did not compile, for a syntax error. */
export function errorContent(thrown: unknown, scripts: Scripts, script?: Script): ErrorContent {
  if (!(thrown instanceof Error)) {
    const evalue = safeInspect(thrown);
    return { ename: "Uncaught", evalue, traceback: [`${RED}Uncaught${RESET} ${evalue}`] };
  }
  const { name, message } = nameAndMessage(thrown);
  return { ename: name, evalue: message, traceback: describe(thrown, scripts, script, 0) };
}

function nameAndMessage(error: Error): { name: string; message: string } {
  try {
    return { name: String(error.name), message: String(error.message) };
  } catch {
    return { name: "Error", message: "" };
  }
}

function describe(error: Error, scripts: Scripts, script: Script | undefined, depth: number): string[] {
  const { name, message } = nameAndMessage(error);
  const lines = [`${RED}${name}${RESET}: ${message}`];
  if (error instanceof CellSyntaxError) {
    const shown = error.file ?? script;
    if (shown && error.position) lines.push(...excerpt(shown, error.position));
    if (error.hint) lines.push(`${DIM}${error.hint}${RESET}`);
    return lines;
  }
  lines.push(...frames(error, scripts), ...properties(error));
  if (depth >= MAX_DEPTH) return [...lines, "…"];
  for (const [title, member] of related(error)) {
    const inner = member instanceof Error ? describe(member, scripts, undefined, depth + 1) : [safeInspect(member)];
    lines.push("", `${DIM}${title}${RESET}`, ...inner.flatMap((line) => line.split("\n")).map((line) => `  ${line}`));
  }
  return lines;
}

/** What the error was made from: its cause, the members of a group, the error that a disposal replaced. */
function related(error: Error): [title: string, member: unknown][] {
  const found: [string, unknown][] = [];
  if (error instanceof AggregateError)
    error.errors.forEach((member, index) => {
      found.push([`Error ${index + 1} of ${error.errors.length}:`, member]);
    });
  if (error instanceof SuppressedError)
    found.push(["While it was cleaning up after:", error.suppressed], ["Clean-up failed with:", error.error]);
  if (error.cause !== undefined) found.push(["Caused by:", error.cause]);
  return found;
}

const CELL_FRAME = /^ {4}at (?:async (?!.*\())?(?:(?<name>.+?) \()?(?<file>[^()]+?):(?<line>\d+):(?<column>\d+)\)?$/;

/** The stack, with the line of source shown for the innermost frame that the user wrote. */
function frames(error: Error, scripts: Scripts): string[] {
  const stack = safeStack(error);
  const lines: string[] = [];
  let excerptShown = false;
  for (const line of stack) {
    const match = CELL_FRAME.exec(line)?.groups;
    const script = match && scripts.named(match.file ?? "");
    if (!match || !script) {
      lines.push(`${DIM}${line}${RESET}`);
      continue;
    }
    const position: Position = { line: Number(match.line), column: Number(match.column) };
    const place = match.name ? `, in ${match.name}` : "";
    lines.push(`    ${CYAN}${script.name}, line ${position.line}${RESET}:${position.column}${place}`);
    if (!excerptShown) lines.push(...codeLines(script, position));
    excerptShown = true;
  }
  return lines;
}

/** The stack lines below the message. */
function safeStack(error: Error): string[] {
  let stack: unknown;
  try {
    stack = error.stack;
  } catch {
    return [];
  }
  if (typeof stack !== "string") return [];
  return stack.split("\n").filter((line) => /^ {4}at /.test(line));
}

function excerpt(shown: Shown, position: Position): string[] {
  return [`    ${CYAN}${shown.name}, line ${position.line}${RESET}:${position.column}`, ...codeLines(shown, position)];
}

function codeLines(shown: Shown, position: Position): string[] {
  const source = shown.source.split("\n");
  const first = Math.max(1, position.line - CONTEXT_LINES);
  const last = Math.min(source.length, position.line + CONTEXT_LINES);
  const lines: string[] = [];
  for (let number = first; number <= last; number++) {
    const code = source[number - 1] ?? "";
    if (number !== position.line) {
      lines.push(`      ${DIM}${String(number).padStart(4)} | ${code}${RESET}`);
      continue;
    }
    lines.push(`${RED}----> ${RESET}${String(number).padStart(4)} | ${code}`);
    const indent = code.slice(0, position.column - 1).replace(/[^\t]/g, " ");
    lines.push(`           | ${indent}${RED}^${RESET}`);
  }
  return lines;
}

const STANDARD = new Set(["stack", "message", "name", "cause", "errors", "error", "suppressed"]);

/** What the thrower added, such as `code` and `path` of a system error. */
function properties(error: Error): string[] {
  const own = Object.entries(error).filter(([key]) => !STANDARD.has(key));
  return own.length > 0 ? [`${DIM}${safeInspect(Object.fromEntries(own))}${RESET}`] : [];
}

function safeInspect(value: unknown): string {
  try {
    return inspect(value, { depth: 3 });
  } catch (error) {
    return `<value that cannot be shown: ${error instanceof Error ? error.message : String(error)}>`;
  }
}
