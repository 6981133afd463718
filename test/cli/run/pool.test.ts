// How many jobs run at once, and whose turn it is.

import { expect, test, vi } from "vitest";
import { runPool, turns } from "../../../cli/run/pool.ts";

test("results are in the order of the jobs, whichever ends first, and no more run than may", async () => {
  const waits = [3, 1, 2].map(() => Promise.withResolvers<void>());
  const begun: number[] = [];
  const all = runPool(
    2,
    waits.map(({ promise }, index) => async () => {
      begun.push(index);
      await promise;
      return index;
    }),
  );
  expect(begun).toEqual([0, 1]);
  waits[1]?.resolve();
  await vi.waitFor(() => expect(begun).toEqual([0, 1, 2]));
  for (const { resolve } of waits) resolve();
  expect(await all).toEqual([0, 1, 2]);
});

test("a turn passes on when its work ends, fails, or takes too long", async () => {
  vi.useFakeTimers();
  const turn = turns(1, 3);
  const begun: string[] = [];
  const never = turn(() => new Promise<void>(() => begun.push("endless")));
  const failing = turn(async () => {
    begun.push("failing");
    throw new Error("on purpose");
  });
  const last = turn(async () => begun.push("last"));
  expect(begun).toEqual(["endless"]);
  vi.advanceTimersByTime(3000);
  await expect(failing).rejects.toThrow("on purpose");
  await last;
  expect(begun).toEqual(["endless", "failing", "last"]);
  vi.useRealTimers();
  void never;
});
