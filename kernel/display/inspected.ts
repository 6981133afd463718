// Any value as text, whatever getters and proxies it has: never too long, never an exception.

import { type InspectOptions, inspect, types } from "node:util";

/** In UTF-16 units: more is no help to a reader, and a burden to every client. */
const LONGEST = 100_000;

const OPTIONS: InspectOptions = {
  depth: 4,
  maxArrayLength: 100,
  maxStringLength: 10_000,
  breakLength: 80,
  colors: false,
};

/** `util.inspect`, bounded. */
export function inspected(value: unknown, options: InspectOptions = {}): string {
  try {
    return bounded(inspect(value, { ...OPTIONS, ...options }));
  } catch (error) {
    return `<value that cannot be shown: ${reason(error)}>`;
  }
}

/** `text`, cut where it gets too long, with how much is missing. */
export function bounded(text: string, longest = LONGEST): string {
  if (text.length <= longest) return text.toWellFormed();
  const lineEnd = text.lastIndexOf("\n", longest);
  const shown = text.slice(0, lineEnd > longest / 2 ? lineEnd : longest);
  const missing = (text.length - shown.length).toLocaleString("en");
  return `${shown.toWellFormed()}${lineEnd > longest / 2 ? "\n" : ""}… ${missing} more characters`;
}

/** Whether it is an error. A proxy is none, whatever it says: to ask it is to run its code. */
export function isError(value: unknown): value is Error {
  if (types.isNativeError(value)) return true;
  return typeof value === "object" && value !== null && !types.isProxy(value) && isMadeLikeAnError(value);
}

/** As old code makes them: `Object.create(Error.prototype)`. Its prototypes may be proxies all the same. */
function isMadeLikeAnError(value: object): boolean {
  try {
    return value instanceof Error;
  } catch {
    return false;
  }
}

function reason(error: unknown): string {
  try {
    return isError(error) ? String(error.message) : String(error);
  } catch {
    return "it does not say why";
  }
}
