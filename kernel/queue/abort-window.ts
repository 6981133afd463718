// After a failed cell, requests that were sent before its reply could be seen are aborted too, though they were still on
// their way. Whether a request was sent before is told by its own date, read with what is known of its client's clock.

import type { Header } from "../protocol/header.ts";

/** How long after a failure, in milliseconds, a request may still arrive that was sent before. */
const WINDOW = 1_000;
/** No client reads a reply and sends its next request faster than this, in milliseconds. */
const FASTEST_CLIENT = 0.1;

export class AbortWindow {
  readonly #now: () => number;
  /** Per client session, the least difference seen between our clock and the date of its messages: skew and latency. */
  readonly #offsets = new Map<string, number>();
  #failedAt = Number.NEGATIVE_INFINITY;

  constructor(now: () => number = () => performance.timeOrigin + performance.now()) {
    this.#now = now;
  }

  /** Learns the sender's clock from a message that has just arrived. */
  observe(header: Header): void {
    const sent = parseDate(header.date);
    if (!sent) return;
    const offset = this.#now() - sent.earliest;
    const least = this.#offsets.get(header.session);
    if (least === undefined || offset < least) this.#offsets.set(header.session, offset);
  }

  /** The reply of a failed cell is sent now, or that of a cell aborted after it: a client that waits for it goes on from here. */
  failed(): void {
    this.#failedAt = this.#now();
  }

  /** Whether this request, just arrived, was sent before that reply. A client that sends no dates is believed not to. */
  wasSentBefore(header: Header): boolean {
    if (this.#now() - this.#failedAt > WINDOW) return false;
    const sent = parseDate(header.date);
    const offset = this.#offsets.get(header.session);
    return sent !== undefined && offset !== undefined && sent.latest + offset < this.#failedAt + FASTEST_CLIENT;
  }
}

/** A date is exact to its last digit only: JavaScript writes milliseconds, Python microseconds. */
function parseDate(date: unknown): { earliest: number; latest: number } | undefined {
  if (typeof date !== "string") return undefined;
  const [, seconds, fraction = "", zone] =
    /^(.{10}T\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:?\d\d)?$/.exec(date) ?? [];
  const whole = seconds === undefined ? Number.NaN : Date.parse(`${seconds}${zone ?? "Z"}`);
  if (Number.isNaN(whole)) return undefined;
  const earliest = whole + Number(`0.${fraction || 0}`) * 1_000;
  return { earliest, latest: earliest + 1_000 / 10 ** fraction.length };
}
