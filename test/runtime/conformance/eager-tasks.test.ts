import { expect } from "vitest";
import {
  allTasks,
  ContextVar,
  coroutine,
  createTask,
  currentTask,
  Future,
  sleep,
  type Task,
} from "../../../runtime/index.ts";
import { failure, port } from "./port.ts";

// CPython's test_eager_task_factory.py: here `eager` is an option of createTask.

const eager = true;

port(
  "EagerTaskFactoryLoopTests.test_await_future_during_eager_step",
  "runs at once until its first await",
  async () => {
    const future = new Future<string>();
    const task = createTask(() => future.setResult("my message"), { eager });
    expect(future.done()).toBe(true);
    expect(await future).toBe("my message");
    await task;
  },
);

port("EagerTaskFactoryLoopTests.test_eager_completion", "gives its result", async () => {
  const hello = coroutine(async () => "hello");
  expect(await createTask(hello(), { eager })).toBe("hello");
});

port("EagerTaskFactoryLoopTests.test_block_after_eager_step", "goes on as any task after its first await", async () => {
  const task = createTask(sleep(0.1, "finished after blocking"), { eager });
  expect(task.done()).toBe(false);
  expect(await task).toBe("finished after blocking");
});

port("EagerTaskFactoryLoopTests.test_cancellation_after_eager_step_blocks", "is cancelled at that await", async () => {
  const task = createTask(async () => await sleep(0.1, "finished"), { eager });
  task.cancel("cancellation message");
  expect(task.cancelling()).toBe(1);
  expect(await failure(task)).toMatchObject({ name: "CancelledError", message: "cancellation message" });
});

port("EagerTaskFactoryLoopTests.test_current_task", "is the current task while it runs, its maker after", async () => {
  const maker = currentTask();
  const seen: (Task | null)[] = [];
  const task = createTask(
    async () => {
      seen.push(currentTask());
      await sleep(0.1);
      seen.push(currentTask());
    },
    { eager },
  );
  expect(seen[0]).toBe(task);
  expect(currentTask()).toBe(maker);
  await task;
  expect(seen[1]).toBe(task);
});

port("EagerTaskFactoryLoopTests.test_all_tasks_with_blocking", "is among all tasks until it is done", async () => {
  const [first, second] = [new Future<void>(), new Future<void>()];
  let seen = new Set<unknown>();
  const task = createTask(
    async () => {
      seen = allTasks();
      await first;
      second.setResult();
    },
    { eager },
  );
  expect([seen.has(task), allTasks().has(task as Task)]).toEqual([true, true]);
  first.setResult();
  await second;
  await task;
  expect(allTasks().has(task as Task)).toBe(false);
});

port(
  "EagerTaskFactoryLoopTests.test_context_vars",
  "has context variables of its own from the first step",
  async () => {
    const variable = new ContextVar("cv", { default: 0 });
    variable.set(1);
    const steps: number[] = [];
    const task = createTask(
      async () => {
        steps.push(variable.get());
        variable.set(2);
        await sleep(0.1);
        steps.push(variable.get());
        variable.set(3);
      },
      { eager },
    );
    expect(steps).toEqual([1]);
    expect(variable.get()).toBe(1);
    await task;
    expect(steps).toEqual([1, 2]);
    expect(variable.get()).toBe(1);
  },
);
