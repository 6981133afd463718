import { describe, expect, test } from "vitest";
import {
  coroutine,
  currentTask,
  getRunningLoop,
  sleep,
  TimeoutError,
  timeout,
  waitFor,
} from "../../../runtime/index.ts";
import { failure, virtually } from "../virtually.ts";

const time = () => getRunningLoop().time();

describe("waitFor and timeout", () => {
  test("waitFor cancels what takes too long and waits for its clean-up", () =>
    virtually(async () => {
      const slow = coroutine(async () => {
        try {
          await sleep(10);
        } finally {
          await sleep(2);
        }
      });
      expect(await failure(waitFor(slow(), 3))).toBeInstanceOf(TimeoutError);
      expect(time()).toBe(5);
      expect(await waitFor(sleep(1, "in time"), 3)).toBe("in time");
    }));

  test("waitFor(…, 0) does not start a coroutine", () =>
    virtually(async () => {
      let started = false;
      const body = coroutine(async () => {
        started = true;
      });
      expect(await failure(waitFor(body(), 0))).toBeInstanceOf(TimeoutError);
      expect(started).toBe(false);
    }));

  test("waitFor abandons a foreign promise", () =>
    virtually(async () => {
      expect(await failure(waitFor(new Promise(() => {}), 3))).toBeInstanceOf(TimeoutError);
      expect(await failure(waitFor(() => new Promise(() => {}), 3))).toBeInstanceOf(TimeoutError);
      expect(time()).toBe(6);
    }));

  test("nested timeouts: the outer one passes through the inner", () =>
    virtually(async () => {
      const lines: string[] = [];
      const error = await failure(
        timeout(1, async () => {
          try {
            await timeout(10, async () => {
              await sleep(100);
            });
          } catch (inner) {
            lines.push(String((inner as Error).name));
            throw inner;
          }
        }),
      );
      expect(lines).toEqual(["CancelledError"]);
      expect(error).toBeInstanceOf(TimeoutError);
      expect(currentTask()?.cancelling()).toBe(0);
    }));

  test("a timeout can be rescheduled", () =>
    virtually(async () => {
      await timeout(1, async (limit) => {
        limit.reschedule(time() + 5);
        await sleep(4);
        expect(limit.expired()).toBe(false);
      });
      expect(time()).toBe(4);
    }));

  test("await using hides the error of the block in a SuppressedError", () =>
    virtually(async () => {
      const error = await failure(
        (async () => {
          await using _limit = timeout(1);
          await sleep(5);
        })(),
      );
      expect(error).toBeInstanceOf(SuppressedError);
      expect((error as SuppressedError).error).toBeInstanceOf(TimeoutError);
    }));
});
