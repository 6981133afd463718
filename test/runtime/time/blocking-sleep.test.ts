import { expect, test } from "vitest";
import { blockingSleep, createTask, getRunningLoop, sleep } from "../../../runtime/index.ts";
import { virtually } from "../virtually.ts";

const time = () => getRunningLoop().time();

test("blockingSleep lets virtual time pass without letting anybody run", () =>
  virtually(async () => {
    let ticks = 0;
    createTask(async () => {
      for (;;) {
        ticks++;
        await sleep(1);
      }
    });
    await sleep(0);
    blockingSleep(5);
    expect([ticks, time()]).toEqual([1, 5]);
  }));
