// History on disk: an SQLite database that parallel kernels share. It is opened when something is written or asked for,
// not at start; a folder that cannot be written is one warning, and history then lives in memory.

import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import * as z from "zod/mini";
import type { Log } from "../log.ts";
import { globMatches } from "./glob.ts";

/** How long another kernel's write may hold ours up, in milliseconds; after that it is tried again with the next one. */
const PATIENCE = 100;

const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS session (id INTEGER PRIMARY KEY AUTOINCREMENT, started TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS input (
    session INTEGER NOT NULL REFERENCES session, line INTEGER NOT NULL, input TEXT NOT NULL, output TEXT,
    PRIMARY KEY (session, line)
  ) WITHOUT ROWID;
`;

const rowsSchema = z.array(
  z.object({ session: z.int(), line: z.int(), input: z.string(), output: z.nullable(z.string()) }),
);
const idSchema = z.object({ id: z.nullable(z.int()) });

export interface HistoryEntry {
  /** Which run of a kernel. */
  session: number;
  /** The execution count. */
  line: number;
  input: string;
  output?: string | undefined;
}

/** What is known of an input before it is written; its session is this kernel's. */
export type OwnEntry = Pick<HistoryEntry, "line" | "input" | "output">;

export class HistoryDatabase {
  readonly #path: string;
  readonly #log: Log;
  #opening: Promise<DatabaseSync> | undefined;
  #session: number | undefined;

  constructor(path: string, log: Log) {
    this.#path = path;
    this.#log = log;
  }

  /** This kernel's session: numbered when its first input is written. */
  get session(): number | undefined {
    return this.#session;
  }

  /** Writes inputs of this kernel, in one transaction. Rejects if another kernel holds the database for too long. */
  async write(entries: readonly OwnEntry[]): Promise<void> {
    const database = await this.#open();
    database.exec("BEGIN IMMEDIATE");
    try {
      this.#session ??= Number(
        database.prepare("INSERT INTO session (started) VALUES (?)").run(new Date().toISOString()).lastInsertRowid,
      );
      // A kernel whose counter was set back writes a line again.
      const insert = database.prepare(
        "INSERT OR REPLACE INTO input (session, line, input, output) VALUES (?, ?, ?, ?)",
      );
      for (const { line, input, output } of entries) insert.run(this.#session, line, input, output ?? null);
      database.exec("COMMIT");
    } catch (error) {
      database.exec("ROLLBACK");
      throw error;
    }
  }

  /** The last `n` inputs of all sessions, oldest first. */
  tail(n: number): Promise<HistoryEntry[]> {
    return this.#lastOf("SELECT * FROM input ORDER BY session DESC, line DESC LIMIT ?", [n]);
  }

  /** The last `n` inputs that fit a glob, oldest first; each text once, at its latest use, if `unique` is set. */
  search(pattern: string, n: number, unique: boolean): Promise<HistoryEntry[]> {
    const latest =
      "NOT EXISTS (SELECT 1 FROM input l WHERE l.input = i.input AND (l.session, l.line) > (i.session, i.line))";
    return this.#lastOf(
      `SELECT * FROM input i WHERE fits(?, input) ${unique ? `AND ${latest}` : ""} ORDER BY session DESC, line DESC LIMIT ?`,
      [pattern, n],
    );
  }

  /** Inputs of one session. 0 is this kernel's, -1 the one before it, and so on. */
  async range(session: number, start: number, stop: number): Promise<HistoryEntry[]> {
    const id = session > 0 ? session : session === 0 ? this.#session : await this.#before(-session);
    if (id === undefined) return [];
    return this.#select("SELECT * FROM input WHERE session = ? AND line >= ? AND line < ? ORDER BY line", [
      id,
      start,
      stop,
    ]);
  }

  async close(): Promise<void> {
    (await this.#opening)?.close();
    this.#opening = undefined;
  }

  async #before(count: number): Promise<number | undefined> {
    const database = await this.#open();
    const row = database
      .prepare("SELECT id FROM session WHERE id < ? ORDER BY id DESC LIMIT 1 OFFSET ?")
      .get(this.#session ?? Number.MAX_SAFE_INTEGER, count - 1);
    return row === undefined ? undefined : (idSchema.parse(row).id ?? undefined);
  }

  async #lastOf(sql: string, values: SQLInputValue[]): Promise<HistoryEntry[]> {
    return (await this.#select(sql, values)).reverse();
  }

  async #select(sql: string, values: SQLInputValue[]): Promise<HistoryEntry[]> {
    const rows = (await this.#open()).prepare(sql).all(...values);
    return rowsSchema.parse(rows).map((row) => ({ ...row, output: row.output ?? undefined }));
  }

  #open(): Promise<DatabaseSync> {
    this.#opening ??= this.#load();
    return this.#opening;
  }

  async #load(): Promise<DatabaseSync> {
    const { DatabaseSync } = await import("node:sqlite");
    const open = (path: string): DatabaseSync => {
      const database = new DatabaseSync(path, { timeout: PATIENCE });
      database.exec(SCHEMA);
      database.function("fits", (pattern, text) => Number(globMatches(String(pattern), String(text))));
      return database;
    };
    try {
      mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
      return open(this.#path);
    } catch (error) {
      this.#log.warn(`history is not kept: ${error instanceof Error ? error.message : String(error)}`);
      return open(":memory:");
    }
  }
}

/** `loopbook/history.sqlite` in Jupyter's data folder, found as jupyter_core finds it. */
export function defaultHistoryPath(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  return join(env.JUPYTER_DATA_DIR || platformDataDir(env, platform), "loopbook", "history.sqlite");
}

function platformDataDir(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (platform === "darwin") return join(homedir(), "Library", "Jupyter");
  if (platform === "win32") return join(env.APPDATA || join(homedir(), ".jupyter"), "jupyter");
  return join(env.XDG_DATA_HOME || join(homedir(), ".local", "share"), "jupyter");
}
