import { describe, expect, test } from "vitest";
import {
  coroutine,
  createTask,
  FIRST_COMPLETED,
  FIRST_EXCEPTION,
  getRunningLoop,
  sleep,
  wait,
} from "../../../runtime/index.ts";
import { failure, virtually } from "../virtually.ts";

const fails = coroutine(async (after: number, message: string): Promise<never> => {
  await sleep(after);
  throw new Error(message);
});
const time = () => getRunningLoop().time();

describe("wait", () => {
  test("returns at the first that is done, the first that fails, or after a time", () =>
    virtually(async () => {
      const [a, b, c] = [createTask(sleep(1)), createTask(sleep(3)), createTask(fails(2, "x"))];
      const [done, pending] = await wait([a, b, c], { returnWhen: FIRST_COMPLETED });
      expect([[...done], [...pending]]).toEqual([[a], [b, c]]);
      expect([...(await wait([b, c], { returnWhen: FIRST_EXCEPTION }))[0]]).toEqual([c]);
      expect(time()).toBe(2);
      const [none] = await wait([b], { timeout: 0.5 });
      expect([none.size, time()]).toEqual([0, 2.5]);
      expect((await wait([b]))[0].has(b)).toBe(true);
    }));

  test("of nothing is an error", () =>
    virtually(async () => expect(String(await failure(wait([])))).toContain("Set of Tasks/Futures is empty.")));
});
