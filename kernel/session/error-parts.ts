// What an error says of itself, read so that no getter, proxy or overwritten property can do harm.

import { inspected } from "../display/inspected.ts";
import { awaitLines } from "./await-lines.ts";

/** What an error was made from, or made instead of. Without `error`, the title says it all. */
export interface RelatedError {
  title: string;
  error?: unknown;
}

const BUILT_IN: readonly object[] = [
  Error,
  AggregateError,
  EvalError,
  RangeError,
  ReferenceError,
  SuppressedError,
  SyntaxError,
  TypeError,
  URIError,
].map(({ prototype }) => prototype);

/** The name of an error, or that of its class where the class has been given none, as Node prints it. */
export function errorName(error: Error): string {
  const name = read(error, "name");
  let holder: object | null = error;
  while (holder && !Object.hasOwn(holder, "name")) holder = Object.getPrototypeOf(holder);
  const isOwn = !holder || !BUILT_IN.includes(holder) || Object.getPrototypeOf(error) === holder;
  const type = isOwn ? undefined : read(error, "constructor");
  const className = typeof type === "function" ? read(type, "name") : undefined;
  if (typeof className === "string" && className !== "") return className;
  return typeof name === "string" && name !== "" ? name : "Error";
}

export function errorMessage(error: Error): string {
  const message = read(error, "message");
  return typeof message === "string" ? message : message === undefined ? "" : inspected(message);
}

/** The lines of its stack below the message, and the awaits that it came through. */
export function stackLines(error: Error): string[] {
  const stack = read(error, "stack");
  const lines = typeof stack === "string" ? stack.split("\n").filter((line) => /^ {4}at /.test(line)) : [];
  return [...lines, ...awaitLines(error, lines)];
}

/** The members of a group, at most `most` of them, the error that a clean-up replaced, the cause. */
export function relatedErrors(error: Error, most: number): RelatedError[] {
  const related: RelatedError[] = [];
  const members = error instanceof AggregateError ? read(error, "errors") : undefined;
  if (Array.isArray(members)) {
    for (let index = 0; index < Math.min(members.length, most); index++)
      related.push({ title: `Error ${index + 1} of ${members.length}:`, error: read(members, index) });
    if (members.length > most) related.push({ title: `… and ${members.length - most} more` });
  }
  if (error instanceof SuppressedError)
    related.push(
      { title: "While it was cleaning up after:", error: read(error, "suppressed") },
      { title: "Clean-up failed with:", error: read(error, "error") },
    );
  const cause = read(error, "cause");
  if (cause !== undefined) related.push({ title: "Caused by:", error: cause });
  return related;
}

const STANDARD = new Set(["stack", "message", "name", "cause", "errors", "error", "suppressed"]);

/** What the thrower added, such as `code` and `path` of a system error: at most `most` of it, and how much more there is. */
export function ownProperties(error: Error, most: number): { shown: object; more: number } | undefined {
  const keys = Object.keys(error).filter((key) => !STANDARD.has(key));
  if (keys.length === 0) return undefined;
  const shown = {};
  // Getters stay getters, which nobody calls.
  for (const key of keys.slice(0, most))
    Object.defineProperty(shown, key, Object.getOwnPropertyDescriptor(error, key) ?? { enumerable: true });
  return { shown, more: Math.max(0, keys.length - most) };
}

function read(object: object, key: string | number): unknown {
  try {
    return Reflect.get(object, key);
  } catch {
    return undefined;
  }
}
