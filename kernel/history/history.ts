// The inputs of this kernel and of all others, and the three ways to ask for them.

import type { Log } from "../log.ts";
import type { HistoryRequest } from "../protocol/requests.ts";
import type { HistoryDatabase, HistoryEntry, OwnEntry } from "./history-database.ts";

export type HistoryRow = [session: number, line: number, input: string | [input: string, output: string | null]];

/** How long entries wait for company, in milliseconds. */
const BATCH = 500;
/** Of entries that cannot be written, so many wait for better times. */
const MOST_WAITING = 1_000;

export class History {
  readonly #database: HistoryDatabase;
  readonly #log: Log;
  #waiting: OwnEntry[] = [];
  #latest: OwnEntry | undefined;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(database: HistoryDatabase, log: Log) {
    this.#database = database;
    this.#log = log;
  }

  add(line: number, input: string): void {
    this.#latest = { line, input };
    this.#push(this.#latest);
  }

  /** The text of a result, for requests that want outputs. */
  setOutput(line: number, output: string): void {
    const entry = this.#latest;
    if (entry?.line !== line) return;
    entry.output = output;
    // A long cell's input has been written by now: it is written again.
    if (!this.#waiting.includes(entry)) this.#push(entry);
  }

  /** Answers a history_request. */
  async ask(request: HistoryRequest): Promise<HistoryRow[]> {
    await this.flush();
    const entries = await this.#select(request);
    return entries.map(({ session, line, input, output }) => [
      session,
      line,
      request.output ? [input, output ?? null] : input,
    ]);
  }

  /** Writes what waits. Never rejects: what cannot be written now waits on. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const entries = this.#waiting;
    if (entries.length === 0) return this.#writing;
    this.#waiting = [];
    this.#writing = this.#writing
      .then(() => this.#database.write(entries))
      .catch((error: unknown) => {
        this.#log.info("history could not be written", error);
        this.#waiting = [...entries, ...this.#waiting].slice(-MOST_WAITING);
      });
    return this.#writing;
  }

  /** Writes what waits, and lets go of the database. */
  async close(): Promise<void> {
    await this.flush();
    await this.#database.close();
  }

  #push(entry: OwnEntry): void {
    this.#waiting.push(entry);
    this.#timer ??= setTimeout(() => void this.flush(), BATCH).unref();
  }

  #select(request: HistoryRequest): Promise<HistoryEntry[]> {
    const { hist_access_type: type, n, session, start, stop, pattern, unique } = request;
    const most = n ?? Number.MAX_SAFE_INTEGER;
    if (type === "range") return this.#database.range(session ?? 0, start ?? 0, stop ?? Number.MAX_SAFE_INTEGER);
    return type === "tail" ? this.#database.tail(most) : this.#database.search(pattern ?? "*", most, unique);
  }
}
