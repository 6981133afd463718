// What a wait leaves behind when it is over: nothing that the loop would still have to run.

import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { describe, expect, test } from "vitest";
import {
  asCompleted,
  createTask,
  FIRST_COMPLETED,
  Future,
  sleep,
  TimeoutError,
  wait,
  waitFor,
} from "../../../runtime/index.ts";
import { failure, virtually } from "../virtually.ts";

const TURNS = "loopbook:loop:turn";

/** How many handles the loop runs while `fn` runs. */
async function turns(fn: () => PromiseLike<unknown>): Promise<number> {
  let count = 0;
  const onTurn = () => {
    count++;
  };
  subscribe(TURNS, onTurn);
  try {
    await fn();
  } finally {
    unsubscribe(TURNS, onTurn);
  }
  return count;
}

/** The turns of a pause in which nothing else happens: its timer's, and its task's. */
const PAUSE = 2;
const pause = () => sleep(100);

/** Sets a future, and lets everybody who still waits for it have their turn. */
const settle = (future: Future<void>) => async (): Promise<void> => {
  future.setResult();
  await pause();
};

describe("nothing is left", () => {
  test("of wait on a future that was not done in time", () =>
    virtually(async () => {
      const late = new Future<void>();
      await wait([late, createTask(sleep(1))], { returnWhen: FIRST_COMPLETED });
      expect(await turns(settle(late))).toBe(PAUSE);
    }));

  test("of wait that was cancelled, on any of its futures", () =>
    virtually(async () => {
      const late = new Future<void>();
      const waiting = createTask(wait([late], { timeout: 50 }));
      await sleep(1);
      waiting.cancel();
      await failure(waiting);
      expect(await turns(settle(late))).toBe(PAUSE);
    }));

  test("of the time limit of wait, when all were done before", () =>
    virtually(async () => {
      await wait([createTask(sleep(1))], { timeout: 50 });
      expect(await turns(pause)).toBe(PAUSE);
    }));

  test("of the time limit of asCompleted, when all were done before", () =>
    virtually(async () => {
      for await (const done of asCompleted([sleep(1), sleep(2)], { timeout: 50 })) await done;
      expect(await turns(pause)).toBe(PAUSE);
    }));

  test("of asCompleted on a future that was not done in time", () =>
    virtually(async () => {
      const late = new Future<void>();
      for (const next of asCompleted([late], { timeout: 1 })) expect(await failure(next)).toBeInstanceOf(TimeoutError);
      expect(await turns(settle(late))).toBe(PAUSE);
    }));

  test("of the time limit of waitFor, when it was in time", () =>
    virtually(async () => {
      await waitFor(sleep(1), 50);
      expect(await turns(pause)).toBe(PAUSE);
    }));
});
