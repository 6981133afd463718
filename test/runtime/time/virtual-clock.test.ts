import { describe, expect, test } from "vitest";
import { getRunningLoop, run, sleep } from "../../../runtime/index.ts";
import { VirtualClock } from "../../../runtime/testing.ts";
import { virtually } from "../virtually.ts";

describe("VirtualClock", () => {
  test("a program of six hours ends at once, at exactly 21,600 seconds", async () => {
    const clock = new VirtualClock();
    await run(
      async () => {
        for (let i = 0; i < 600; i++) await sleep(36);
        expect(getRunningLoop().time()).toBe(21_600);
      },
      { clock },
    );
    expect(clock.time()).toBe(21_600);
  });

  test("time stands still while a promise of the outside is about to settle", () =>
    virtually(async () => {
      const loop = getRunningLoop();
      const timer = loop.callLater(1, () => {});
      await new Promise((resolve) => setTimeout(resolve, 10));
      expect(loop.time()).toBe(0);
      timer.cancel();
    }));
});
