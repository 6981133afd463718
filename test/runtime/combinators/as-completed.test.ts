import { expect, test } from "vitest";
import { asCompleted, createTask, sleep, TimeoutError } from "../../../runtime/index.ts";
import { virtually } from "../virtually.ts";

test("asCompleted gives tasks in the order in which they are done", () =>
  virtually(async () => {
    const tasks = [createTask(sleep(3, "c")), createTask(sleep(1, "a")), createTask(sleep(2, "b"))];
    const seen: string[] = [];
    for await (const earliest of asCompleted(tasks)) {
      expect(tasks).toContain(earliest);
      seen.push(await earliest);
    }
    expect(seen).toEqual(["a", "b", "c"]);
    const late: unknown[] = [];
    for (const next of asCompleted([sleep(1, 1), sleep(9, 9)], { timeout: 5 }))
      late.push(await Promise.allSettled([next]));
    expect(late).toMatchObject([[{ value: 1 }], [{ reason: expect.any(TimeoutError) }]]);
  }));
