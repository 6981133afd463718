// Waiting for what comes about by itself.

import { setTimeout as sleep } from "node:timers/promises";

/** Waits until a condition holds, asked every two milliseconds; a test that waits in vain runs into its own time limit. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(2);
}
