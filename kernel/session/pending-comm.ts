// How a client that runs notebooks headless hears of what cells have left running: over a comm that it opens and we close.

import type { EventLoop } from "../../runtime/host.ts";
import type { Comms } from "./comms.ts";
import type { PendingWork } from "./pending-work.ts";

/**
 * Opened with `{ seconds }`, it closes itself when nothing is pending any more, or after so long, with `{ pending }`. With 0 seconds it closes at once: whatever had failed by then has been shown.
 */
const TARGET = "loopbook.pending";

export interface PendingCommOptions {
  comms: Comms;
  loop: EventLoop;
  /** Whether the kernel's own threads and ports keep Node's event loop going. */
  keepAlive: (on: boolean) => void;
  /** The number of the latest cell. */
  latestCell: () => number;
}

export function offerPendingWork({ comms, loop, keepAlive, latestCell }: PendingCommOptions): void {
  let work: Promise<PendingWork> | undefined;
  comms.registerTarget(TARGET, (data, _buffers, close) => {
    const cell = latestCell();
    const seconds = secondsIn(data);
    // Loaded at first use: most clients never ask.
    work ??= import("./pending-work.ts").then(({ PendingWork }) => new PendingWork({ loop, keepAlive }));
    void work.then(async (pending) => {
      pending.note(cell);
      close({ pending: seconds > 0 ? await pending.wait(seconds) : [] });
    });
    return {};
  });
}

function secondsIn(data: unknown): number {
  const seconds = typeof data === "object" && data !== null && "seconds" in data ? Number(data.seconds) : 0;
  return Number.isFinite(seconds) ? seconds : 0;
}
