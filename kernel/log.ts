// The IO thread's log: short lines on standard error, by level (LOOPBOOK_LOG: error, warn, info, debug or off).

import { writeSync } from "node:fs";

/** From the most urgent to the least. */
const LEVELS: readonly string[] = ["error", "warn", "info", "debug"];

export interface Log {
  error(text: string, cause?: unknown): void;
  warn(text: string, cause?: unknown): void;
  info(text: string, cause?: unknown): void;
  debug(text: string, cause?: unknown): void;
}

/** Makes a log that writes what is at `level` or more urgent. An unknown level means `warn`, no level at all `off`. */
export function createLog(level = process.env.LOOPBOOK_LOG ?? "warn", write = writeStderr): Log {
  const known = LEVELS.indexOf(level);
  const threshold = level === "off" ? -1 : known >= 0 ? known : LEVELS.indexOf("warn");
  const at =
    (name: keyof Log) =>
    (text: string, cause?: unknown): void => {
      if (LEVELS.indexOf(name) > threshold) return;
      write(`loopbook ${name}: ${text}${cause === undefined ? "" : `: ${describe(cause)}`}\n`);
    };
  return { error: at("error"), warn: at("warn"), info: at("info"), debug: at("debug") };
}

let descriptor = 2;

/** Where the log goes. Default: descriptor 2. */
export const logTo = (other: number): void => {
  descriptor = other;
};

/** Straight to the descriptor: a worker's process.stderr goes through the main thread, where a cell may be spinning. */
function writeStderr(line: string): void {
  try {
    writeSync(descriptor, line);
  } catch {
    // Standard error is closed or full. There is nowhere left to say so.
  }
}

const describe = (cause: unknown): string => (cause instanceof Error ? (cause.stack ?? cause.message) : String(cause));
