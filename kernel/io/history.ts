// The inputs of this kernel and of those before it, and the three ways to ask for them.

import type { HistoryRequest } from "../protocol/requests.ts";
import { globMatches } from "./glob.ts";

export interface HistoryEntry {
  /** Which run of a kernel: the time it started, in milliseconds. */
  session: number;
  /** The execution count. */
  line: number;
  input: string;
  output?: string | undefined;
}

/** Where entries are kept for other kernels and later runs. */
export interface HistoryStore {
  append(entry: HistoryEntry): void;
  /** Everything kept so far, oldest first, this session's own entries included or not. */
  load(): Promise<HistoryEntry[]>;
}

export type HistoryRow = [session: number, line: number, input: string | [input: string, output: string | null]];

export class History {
  readonly #store: HistoryStore;
  readonly #session: number;
  readonly #own: HistoryEntry[] = [];

  constructor(store: HistoryStore, session = Date.now()) {
    this.#store = store;
    this.#session = session;
  }

  add(line: number, input: string): void {
    const entry = { session: this.#session, line, input };
    this.#own.push(entry);
    this.#store.append(entry);
  }

  /** The text of a result, for requests that want outputs. */
  setOutput(line: number, output: string): void {
    const entry = this.#own.at(-1);
    if (entry?.line === line) entry.output = output;
  }

  /** Answers a history_request. */
  async ask(request: HistoryRequest): Promise<HistoryRow[]> {
    const entries = await this.#select(request);
    return entries.map(({ session, line, input, output }) => [
      session,
      line,
      request.output ? [input, output ?? null] : input,
    ]);
  }

  async #select(request: HistoryRequest): Promise<HistoryEntry[]> {
    if (request.hist_access_type === "range") return this.#range(request);
    const all = await this.#all();
    if (request.hist_access_type === "tail") return last(all, request.n);
    const pattern = request.pattern ?? "*";
    const found = all.filter((entry) => globMatches(pattern, entry.input));
    return last(request.unique ? latestOfEach(found) : found, request.n);
  }

  /** Session 0 is this one, -1 the one before it; lines from `start` up to but not including `stop`. */
  async #range({ session, start, stop }: HistoryRequest): Promise<HistoryEntry[]> {
    const wanted = session ?? 0;
    const own = wanted === 0 || wanted === this.#session;
    const entries = own ? this.#own : await this.#sessionEntries(wanted);
    return entries.filter(({ line }) => line >= (start ?? 0) && (stop == null || line < stop));
  }

  async #sessionEntries(wanted: number): Promise<HistoryEntry[]> {
    const all = await this.#all();
    const sessions = [...new Set(all.map((entry) => entry.session))]
      .filter((id) => id !== this.#session)
      .sort(ascending);
    const session = wanted < 0 ? sessions.at(wanted) : wanted;
    return all.filter((entry) => entry.session === session);
  }

  async #all(): Promise<HistoryEntry[]> {
    const kept = await this.#store.load();
    return [...kept.filter((entry) => entry.session !== this.#session), ...this.#own];
  }
}

const ascending = (a: number, b: number): number => a - b;

const last = (entries: HistoryEntry[], n: number | null | undefined): HistoryEntry[] =>
  n == null ? entries : n === 0 ? [] : entries.slice(-n);

function latestOfEach(entries: HistoryEntry[]): HistoryEntry[] {
  const byInput = new Map<string, HistoryEntry>();
  for (const entry of entries) {
    // Deleted first, so that the order is that of the latest use.
    byInput.delete(entry.input);
    byInput.set(entry.input, entry);
  }
  return [...byInput.values()];
}
