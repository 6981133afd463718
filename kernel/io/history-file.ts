// History on disk: one line of JSON per input, appended in batches. Several kernels may share the file.

import { appendFile, mkdir, open } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import * as z from "zod/mini";
import type { HistoryEntry, HistoryStore } from "./history.ts";
import type { Log } from "./log.ts";

/** How long entries wait for company, in milliseconds. */
const BATCH = 500;
/** Only the end of a long file is read, in bytes. */
const LARGEST_READ = 4 << 20;

const entrySchema = z.object({ session: z.int(), line: z.int(), input: z.string() });

export class HistoryFile implements HistoryStore {
  readonly #path: string;
  readonly #log: Log;
  #pending = "";
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #failed = false;

  constructor(path: string, log: Log) {
    this.#path = path;
    this.#log = log;
  }

  append({ session, line, input }: HistoryEntry): void {
    if (this.#failed) return;
    this.#pending += `${JSON.stringify({ session, line, input })}\n`;
    this.#timer ??= setTimeout(() => this.flush(), BATCH).unref();
  }

  async load(): Promise<HistoryEntry[]> {
    await this.flush();
    const text = await this.#readEnd();
    return text.split("\n").flatMap((line) => {
      const parsed = entrySchema.safeParse(parseJson(line));
      return parsed.success ? [parsed.data] : [];
    });
  }

  /** Writes what waits. A folder that cannot be written is one warning: history then lives in memory only. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const text = this.#pending;
    this.#pending = "";
    if (text !== "") this.#writing = this.#writing.then(() => this.#write(text));
    return this.#writing;
  }

  async #write(text: string): Promise<void> {
    try {
      await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
      // One append is one write: lines of several kernels do not mix.
      await appendFile(this.#path, text, { mode: 0o600 });
    } catch (error) {
      this.#failed = true;
      this.#log.warn(`history is not kept: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  async #readEnd(): Promise<string> {
    try {
      await using file = await open(this.#path);
      const { size } = await file.stat();
      const length = Math.min(size, LARGEST_READ);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - length);
      return buffer.toString("utf8", 0, bytesRead);
    } catch {
      // No file yet, or none that can be read: there is no history.
      return "";
    }
  }
}

/** `loopbook/history.jsonl` in Jupyter's data folder, found as jupyter_core finds it. */
export function defaultHistoryPath(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  return join(env.JUPYTER_DATA_DIR || platformDataDir(env, platform), "loopbook", "history.jsonl");
}

function platformDataDir(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (platform === "darwin") return join(homedir(), "Library", "Jupyter");
  if (platform === "win32") return join(env.APPDATA || join(homedir(), ".jupyter"), "jupyter");
  return join(env.XDG_DATA_HOME || join(homedir(), ".local", "share"), "jupyter");
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // Cut off by the limit above, or by a kernel that died while writing.
    return undefined;
  }
}
