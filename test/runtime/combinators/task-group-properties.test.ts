import fc from "fast-check";
import { expect, test } from "vitest";
import {
  CancelledError,
  createTask,
  ExceptionGroup,
  type Task,
  type TaskGroup,
  taskGroup,
  wait,
} from "../../../runtime/index.ts";
import { cancellation, holds, type Pause, pass, pause } from "../schedules.ts";

class Crash extends Error {}

interface Child {
  work: Pause[];
  /** Throws at its end, or while it cleans up after a cancel. */
  ends: "returns" | "crashes" | "crashes when cancelled" | "cleans up";
  children: Child[];
}

const { child } = fc.letrec<{ child: Child }>((tie) => ({
  child: fc.record<Child>({
    work: fc.array(pause, { maxLength: 3 }),
    ends: fc.constantFrom("returns", "returns", "crashes", "crashes when cancelled", "cleans up"),
    children: fc.oneof({ depthSize: "small" }, fc.constant<Child[]>([]), fc.array(tie("child"), { maxLength: 3 })),
  }),
}));
const plans = fc.record({
  children: fc.array(child, { maxLength: 4 }),
  block: fc.array(pause, { maxLength: 3 }),
  blockCrashes: fc.boolean(),
  cancelAfter: cancellation,
});

test("no task outlives its group, and the errors of all are thrown together", () =>
  holds(plans, async ({ children, block, blockCrashes, cancelAfter }) => {
    const tasks: Task<unknown>[] = [];
    let ownError: Crash | undefined;
    let cleaning = 0;
    const start = (group: TaskGroup, plan: Child): void => {
      const body = async () => {
        try {
          for (const time of plan.work) await pass(time);
        } catch (error) {
          if (plan.ends === "crashes when cancelled") throw new Crash("clean-up");
          if (plan.ends === "cleans up") {
            cleaning++;
            await pass({ seconds: 1 });
            cleaning--;
          }
          throw error;
        }
        for (const grandchild of plan.children) {
          // A group that is shutting down takes no more.
          try {
            start(group, grandchild);
          } catch {
            break;
          }
        }
        if (plan.ends === "crashes") throw new Crash("work");
      };
      tasks.push(group.createTask(body));
    };
    const parent = createTask(() =>
      taskGroup(async (group) => {
        for (const plan of children) start(group, plan);
        for (const time of block) await pass(time);
        if (blockCrashes) {
          ownError = new Crash("block");
          throw ownError;
        }
        return "done";
      }),
    );
    let cancelled = false;
    createTask(async () => {
      if (cancelAfter === null) return;
      for (const time of cancelAfter) await pass(time);
      cancelled = parent.cancel();
    });
    let stillRunning = -1;
    parent.addDoneCallback(() => {
      stillRunning = tasks.filter((task) => !task.done()).length;
    });
    await wait([parent], { timeout: 10_000 });

    expect([parent.done(), stillRunning]).toEqual([true, 0]);
    // Each is cancelled once: clean-up comes to its end.
    expect(cleaning).toBe(0);
    const errors = tasks.flatMap((task) => (task.cancelled() ? [] : (task.exception() ?? [])));
    if (ownError !== undefined) errors.push(ownError);
    if (errors.length > 0) {
      const thrown = parent.exception();
      expect(thrown).toBeInstanceOf(ExceptionGroup);
      expect(new Set((thrown as ExceptionGroup).exceptions)).toEqual(new Set(errors));
      expect((thrown as ExceptionGroup).exceptions).toHaveLength(errors.length);
    } else if (cancelled) expect(() => parent.result()).toThrow(CancelledError);
    else expect(parent.result()).toBe("done");
    if (!cancelled) expect(parent.cancelling()).toBe(0);
  }));
