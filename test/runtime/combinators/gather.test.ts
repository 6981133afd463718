import { describe, expect, expectTypeOf, test } from "vitest";
import { CancelledError, coroutine, createTask, gather, getRunningLoop, sleep } from "../../../runtime/index.ts";
import { failure, virtually } from "../virtually.ts";

const fails = coroutine(async (after: number, message: string): Promise<never> => {
  await sleep(after);
  throw new Error(message);
});
const time = () => getRunningLoop().time();

describe("gather", () => {
  test("runs all concurrently and keeps the order and the types", () =>
    virtually(async () => {
      const results = await gather(sleep(2, "a"), sleep(1, 2), () => Promise.resolve(true), Promise.resolve(null));
      expectTypeOf(results).toEqualTypeOf<[string, number, boolean, null]>();
      expect(results).toEqual(["a", 2, true, null]);
      expect(time()).toBe(2);
    }));

  test("throws the first error at once, and the others run on", () =>
    virtually(async () => {
      const other = createTask(sleep(5, "other"));
      expect(await failure(gather(fails(1, "first"), fails(2, "second"), other))).toEqual(new Error("first"));
      expect(time()).toBe(1);
      expect(await other).toBe("other");
    }));

  test("with returnExceptions errors are results", () =>
    virtually(async () => {
      const results = await gather(fails(1, "no"), sleep(1, 1), { returnExceptions: true });
      expect(results).toEqual([new Error("no"), 1]);
    }));

  test("cancelling it cancels all children", () =>
    virtually(async () => {
      const children = [createTask(sleep(5)), createTask(sleep(6))];
      const all = gather(...children);
      await sleep(1);
      all.cancel();
      expect(await failure(all)).toBeInstanceOf(CancelledError);
      expect(children.map((child) => child.cancelled())).toEqual([true, true]);
    }));

  test("of nothing is an empty list", () => virtually(async () => expect(await gather()).toEqual([])));
});
