import { describe, expect, test } from "vitest";
import { AbortWindow } from "../../../kernel/queue/abort-window.ts";

/** A kernel and a client whose clock is an hour behind; messages take one millisecond. */
function windowWithClient(digits: number) {
  const clock = { now: Date.parse("2026-01-01T12:00:00Z") };
  const window = new AbortWindow(() => clock.now);
  const header = (sentAt: number) => {
    const [seconds, ms] = [new Date(sentAt - 3_600_000).toISOString().slice(0, 19), sentAt % 1000];
    const fraction = (Math.floor(ms * 10 ** (digits - 3)) / 10 ** digits).toFixed(digits).slice(1);
    return { msg_id: "1", msg_type: "execute_request", session: "client", date: `${seconds}${fraction}Z` };
  };
  /** Whether a request that was sent at this time counts as sent before the failure. */
  const arrives = (sentAt: number): boolean => {
    clock.now = sentAt + 1;
    window.observe(header(sentAt));
    return window.wasSentBefore(header(sentAt));
  };
  return { clock, window, arrives };
}

describe("after a failed cell", () => {
  test("a request sent before its reply was sent before, one sent after it was not, whatever the client's clock", () => {
    const { clock, window, arrives } = windowWithClient(6);
    const start = clock.now;
    arrives(start);
    clock.now = start + 5;
    window.failed();
    expect(arrives(start + 4.5 - 1)).toBe(true);
    expect(arrives(start + 5.5)).toBe(false);
  });

  test("a client that tells milliseconds only gets the benefit of the doubt", () => {
    const { clock, window, arrives } = windowWithClient(3);
    const start = clock.now;
    arrives(start);
    clock.now = start + 5;
    window.failed();
    expect(arrives(start + 2)).toBe(true);
    expect(arrives(start + 4)).toBe(false);
  });

  test("a second later no request was sent before any more", () => {
    const { clock, window, arrives } = windowWithClient(6);
    const start = clock.now;
    arrives(start);
    window.failed();
    clock.now += 1_001;
    expect(window.wasSentBefore({ msg_id: "1", msg_type: "x", session: "client", date: "2020-01-01T00:00:00Z" })).toBe(
      false,
    );
  });

  test.each([undefined, 7, "yesterday", "2026-99-99T99:99:99Z"])("a request dated %s was not sent before", (date) => {
    const { window } = windowWithClient(6);
    const header = { msg_id: "1", msg_type: "x", session: "client", date };
    window.observe(header);
    window.failed();
    expect(window.wasSentBefore(header)).toBe(false);
  });
});

test("before any cell has failed, no request was sent before", () => {
  expect(windowWithClient(6).arrives(0)).toBe(false);
});
