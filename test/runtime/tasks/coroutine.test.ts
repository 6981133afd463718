import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  collectUnstarted,
  discarded,
  startLoop,
  stopLoop,
  unstartedCount,
  type Warning,
} from "../../../runtime/host.ts";
import { coroutine, createTask, currentTask, type EventLoop, RuntimeError, sleep } from "../../../runtime/index.ts";
import { failure, virtually } from "../virtually.ts";

const greet = coroutine(async function greet(name: string) {
  await sleep(1);
  return `Hello, ${name}!`;
});

describe("a coroutine", () => {
  test("does not run until it is awaited", () =>
    virtually(async () => {
      let ran = false;
      const call = coroutine(async () => {
        ran = true;
      })();
      await sleep(1);
      expect(ran).toBe(false);
      await call;
      expect(ran).toBe(true);
    }));

  test("shows itself as a coroutine object", () => {
    const call = greet("World");
    expect(inspect(call)).toMatch(/^<coroutine object greet at 0x[0-9a-f]+>$/);
    expect(call.name).toBe("greet");
    call.close();
  });

  test("goes from created over running and suspended to finished", () =>
    virtually(async () => {
      const states: string[] = [];
      const call = coroutine(async () => {
        states.push(call.state);
        await sleep(1);
        states.push(call.state);
      })();
      states.push(call.state);
      const task = createTask(call);
      await sleep(0.5);
      states.push(call.state);
      await task;
      states.push(call.state);
      expect(states).toEqual(["created", "running", "suspended", "running", "finished"]);
    }));

  test("awaited directly runs in the task that awaits it", () =>
    virtually(async () => {
      const here = currentTask();
      const inner = coroutine(async () => currentTask() === here);
      expect(await inner()).toBe(true);
    }));

  test("cannot be awaited twice", () =>
    virtually(async () => {
      const call = greet("World");
      await call;
      const error = await failure(call);
      expect(error).toBeInstanceOf(RuntimeError);
      expect(String(error)).toBe("RuntimeError: cannot reuse already awaited coroutine");
    }));

  test("close ends it unstarted", async () => {
    const call = greet("World");
    call.close();
    expect(call.state).toBe("finished");
    expect(await failure(call)).toBeInstanceOf(RuntimeError);
  });

  test("an error of a function that is not async is that of the coroutine", () =>
    virtually(async () => {
      const fails = coroutine((): number => {
        throw new Error("sync");
      });
      expect(await failure(fails())).toEqual(new Error("sync"));
    }));
});

describe("a coroutine that is never awaited", () => {
  let loop: EventLoop;
  let warnings: Warning[];

  beforeEach(() => {
    warnings = [];
    loop = startLoop({ onWarning: (warning) => warnings.push(warning) });
  });
  afterEach(() => stopLoop(loop));

  test("warns at once when its value is dropped", () => {
    const call = greet("World");
    expect(discarded(call)).toBe(call);
    expect(warnings.map(String)).toHaveLength(1);
    expect(warnings[0]).toMatchObject({
      category: "RuntimeWarning",
      message: "coroutine 'greet' was never awaited",
    });
    expect(warnings[0]?.stack).toContain("coroutine.test.ts");
  });

  test("a bare sleep(1) warns too", () => {
    discarded(sleep(1));
    expect(warnings[0]?.message).toBe("coroutine 'sleep' was never awaited");
  });

  test("warns when it is collected", async () => {
    (() => void greet("World"))();
    expect(unstartedCount()).toBe(1);
    await collectUnstarted();
    expect(warnings.map(({ message }) => message)).toEqual(["coroutine 'greet' was never awaited"]);
    expect(unstartedCount()).toBe(0);
  });

  test("does not warn while somebody holds it, nor once it was a task", async () => {
    const held = greet("World");
    const task = createTask(greet("task"));
    await collectUnstarted();
    expect(warnings).toEqual([]);
    expect(unstartedCount()).toBe(1);
    held.close();
    expect(unstartedCount()).toBe(0);
    task.cancel();
  });
});
