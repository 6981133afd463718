import { AsyncLocalStorage } from "node:async_hooks";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { collectUnstarted, discarded, startLoop, stopLoop, type UncaughtContext } from "../../runtime/host.ts";
import { coroutine, createTask, type EventLoop, run, sleep } from "../../runtime/index.ts";
import { failure } from "./virtually.ts";

const cell = new AsyncLocalStorage<string>();
let loop: EventLoop;
let shown: string[];

beforeEach(() => {
  shown = [];
  loop = startLoop({
    onWarning: ({ message }) => shown.push(`${cell.getStore()}: ${message}`),
    onError: ({ message, exception }: UncaughtContext) =>
      shown.push(`${cell.getStore()}: ${message}: ${(exception as Error).message}`),
  });
});
afterEach(() => stopLoop(loop));

const runCell = <T>(name: string, body: () => Promise<T>) =>
  cell.run(name, () => loop.createTask(body, { name, eager: true }));

describe("a host's loop", () => {
  test("createTask works at top level, run is refused, and no warning follows", async () => {
    expect(await createTask(sleep(0, "ran"))).toBe("ran");
    expect(() => run(async () => {})).toThrow("cannot be called from a running event loop");
    expect(() => run(sleep(1))).toThrow("cannot be called from a running event loop");
    await collectUnstarted();
    expect(shown).toEqual([]);
  });

  test("a cell is an eager task: it runs at once, and cancelling it waits for its clean-up", async () => {
    const lines: string[] = [];
    const task = runCell("Cell [3]", async () => {
      lines.push("runs");
      try {
        await sleep(10);
      } finally {
        await sleep(0.001);
        lines.push("cleaned up");
      }
    });
    expect(lines).toEqual(["runs"]);
    await sleep(0.001);
    task.cancel();
    await failure(task);
    expect(lines).toEqual(["runs", "cleaned up"]);
  });

  test("goes on after a termination took its turn away", async () => {
    const waiting = createTask(sleep(0.01, "still here"));
    await sleep(0);
    loop.recover();
    loop.recover();
    expect(await waiting).toBe("still here");
  });
});

test("a dropped coroutine's warning says where, however many came before", async () => {
  for (let made = 0; made < 120; made++) await sleep(0);
  let place: string | undefined;
  stopLoop(loop);
  loop = startLoop({
    onWarning: ({ stack }) => {
      place = stack;
    },
  });
  discarded(sleep(1));
  expect(place).toContain("host.test.ts");
});

describe("what nobody was there to see is shown in the cell that caused it", () => {
  test("a dropped coroutine", async () => {
    const greet = coroutine(async function greet() {});
    await runCell("cell 1", async () => {
      discarded(greet());
    });
    await runCell("cell 2", async () => {
      await sleep(0);
      (() => void greet())();
    });
    await collectUnstarted();
    expect(shown).toEqual([
      "cell 1: coroutine 'greet' was never awaited",
      "cell 2: coroutine 'greet' was never awaited",
    ]);
  });

  test("the error of a task that nobody awaited, which ends neither the process nor the loop", async () => {
    await runCell("cell 3", async () => {
      (() => void createTask(async () => Promise.reject(new Error("lost"))))();
      await sleep(0.001);
    });
    for (let i = 0; i < 5 && shown.length === 0; i++) {
      await sleep(0.001);
      await collectUnstarted();
    }
    expect(shown).toEqual(["cell 3: Task exception was never retrieved: lost"]);
  });

  test("the error of a callback", async () => {
    await runCell("cell 4", async () => {
      loop.callLater(0.001, () => {
        throw new Error("late");
      });
    });
    await sleep(0.01);
    expect(shown[0]).toMatch(/^cell 4: Exception in callback .*late$/);
  });

  test("an error that was retrieved is not reported", async () => {
    const task = createTask(async () => Promise.reject(new Error("seen")));
    await failure(task);
    await collectUnstarted();
    expect(shown).toEqual([]);
  });
});
