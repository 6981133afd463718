// Files beside a session's notebook, and above it.

import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { SessionProcess } from "./session-process.ts";

let time = 1_700_000_000;

/** Writes files into the folder of a session, or below it; objects as JSON. Each is newer than all before. */
export function write(session: SessionProcess, files: { [name: string]: string | object }): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(session.directory, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
    time++;
    utimesSync(path, time, time); // a change that no clock is too coarse for
  }
}

/** The value of a cell, or else what it shows. */
export async function value(session: SessionProcess, code: string): Promise<string | undefined> {
  const { text, result } = await session.run(code);
  return result ?? text;
}
