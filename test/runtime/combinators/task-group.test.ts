import { describe, expect, test } from "vitest";
import {
  CancelledError,
  coroutine,
  createTask,
  currentTask,
  ExceptionGroup,
  getRunningLoop,
  sleep,
  taskGroup,
} from "../../../runtime/index.ts";
import { failure, virtually } from "../virtually.ts";

const fails = coroutine(async (after: number, message: string): Promise<never> => {
  await sleep(after);
  throw new Error(message);
});
const time = () => getRunningLoop().time();

describe("taskGroup", () => {
  test("waits for all its tasks and returns the result of its function", () =>
    virtually(async () => {
      const result = await taskGroup(async (group) => {
        group.createTask(sleep(3));
        const task = group.createTask(sleep(1, "result"));
        return await task;
      });
      expect([result, time()]).toEqual(["result", 3]);
    }));

  test("a failing task cancels the others, and all errors come as a group", () =>
    virtually(async () => {
      const lines: string[] = [];
      const error = await failure(
        taskGroup(async (group) => {
          group.createTask(fails(1, "one"));
          group.createTask(async () => {
            try {
              await sleep(10);
            } finally {
              lines.push(`cancelled at ${time()}`);
            }
          });
          await sleep(20);
        }),
      );
      expect(error).toBeInstanceOf(ExceptionGroup);
      expect(error).toBeInstanceOf(AggregateError);
      expect((error as ExceptionGroup).message).toBe("unhandled errors in a TaskGroup (1 sub-exception)");
      expect((error as ExceptionGroup).exceptions).toEqual([new Error("one")]);
      expect(lines).toEqual(["cancelled at 1"]);
      expect(currentTask()?.cancelling()).toBe(0);
    }));

  test("an error of the function itself is part of the group", () =>
    virtually(async () => {
      const error = await failure(
        taskGroup(async (group) => {
          group.createTask(sleep(10));
          throw new Error("mine");
        }),
      );
      expect((error as ExceptionGroup).exceptions).toEqual([new Error("mine")]);
    }));

  test("cancelling the parent cancels the tasks and stays a CancelledError", () =>
    virtually(async () => {
      let child: { cancelled(): boolean } | undefined;
      const parent = createTask(() =>
        taskGroup(async (group) => {
          child = group.createTask(sleep(10));
        }),
      );
      await sleep(1);
      parent.cancel();
      expect(await failure(parent)).toBeInstanceOf(CancelledError);
      expect(child?.cancelled()).toBe(true);
    }));
});
