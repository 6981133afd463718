import { inspect } from "node:util";
import { afterEach, expect } from "vitest";
import { setHandlers, type UncaughtContext } from "../../../runtime/core/reports.ts";
import {
  CancelledError,
  ContextVar,
  coroutine,
  createTask,
  currentTask,
  type EventLoop,
  Future,
  getRunningLoop,
  KeyboardInterrupt,
  Runner,
  RuntimeError,
  run,
  sleep,
  type Task,
  ValueError,
} from "../../../runtime/index.ts";
import { VirtualClock } from "../../../runtime/testing.ts";
import { crash, failure, portOutside, ZeroDivisionError } from "./port.ts";

afterEach(() => setHandlers());

const virtual = () => ({ clock: new VirtualClock() });
const answer = coroutine(async () => {
  await sleep(0);
  return 42;
});

// ---- run

portOutside("RunTests.test_asyncio_run_return", "returns the result", async () => {
  expect(await run(answer(), virtual())).toBe(42);
});

portOutside("RunTests.test_asyncio_run_raises", "throws the error", async () => {
  const main = coroutine(async () => {
    await sleep(0);
    throw new ValueError("spam");
  });
  expect(await failure(run(main(), virtual()))).toEqual(new ValueError("spam"));
});

portOutside("RunTests.test_asyncio_run_only_coro", "needs something to await", () => {
  for (const value of [1, {}, null]) expect(() => run(value as never)).toThrow(/a coroutine was expected/);
});

portOutside("RunTests.test_asyncio_run_debug", "sets the loop's debug mode", async () => {
  const main = coroutine(() => getRunningLoop().debug);
  expect(await run(main(), { debug: false })).toBe(false);
  expect(await run(main(), { debug: true })).toBe(true);
  expect(await run(main())).toBe(false);
});

portOutside("RunTests.test_asyncio_run_from_running_loop", "is refused in a running loop", async () => {
  const main = async () => {
    const call = answer();
    expect(() => run(call)).toThrow(/cannot be called from a running event loop/);
    expect(call.state).toBe("finished");
  };
  await run(main, virtual());
});

portOutside("RunTests.test_asyncio_run_cancels_hanging_tasks", "cancels what is left, and waits for it", async () => {
  let left: Task<unknown> | undefined;
  let cleaned = false;
  const main = async () => {
    left = createTask(async () => {
      try {
        await sleep(0.1);
      } finally {
        await sleep(0.1);
        cleaned = true;
      }
    });
    await sleep(0);
    return 123;
  };
  expect(await run(main, virtual())).toBe(123);
  expect([left?.done(), cleaned]).toEqual([true, true]);
});

portOutside(
  "RunTests.test_asyncio_run_reports_hanging_tasks_errors",
  "reports the errors of what is left",
  async () => {
    const reports: UncaughtContext[] = [];
    setHandlers({ onError: (context) => reports.push(context) });
    const main = async () => {
      createTask(async () => {
        await failure(sleep(0.1));
        crash();
      });
      await sleep(0);
      return 123;
    };
    expect(await run(main, virtual())).toBe(123);
    expect(reports).toEqual([
      expect.objectContaining({ message: expect.stringMatching(/shutdown/), exception: expect.any(ZeroDivisionError) }),
    ]);
  },
);

portOutside(
  "RunTests.test_asyncio_run_closes_gens_after_hanging_tasks_errors",
  "ends the generators that were being iterated",
  async () => {
    setHandlers({ onError: () => {} });
    let ended = false;
    const lazy: Task<unknown>[] = [];
    async function* fidget() {
      try {
        for (;;) {
          yield 1;
          await sleep(1);
        }
      } finally {
        ended = true;
      }
    }
    const main = async () => {
      const task = createTask(async () => {
        try {
          for await (const _ of fidget());
        } catch {
          crash();
        }
      });
      lazy.push(task);
      await sleep(0);
      throw new RangeError("exit");
    };
    expect(await failure(run(main, virtual()))).toEqual(new RangeError("exit"));
    expect([lazy[0]?.done(), ended]).toEqual([true, true]);
  },
);

// ---- Runner

portOutside("RunnerTests.test_non_debug", "its loop is not in debug mode", async () => {
  await using runner = new Runner({ debug: false });
  expect(runner.getLoop().debug).toBe(false);
});

portOutside("RunnerTests.test_debug", "or is, if asked", async () => {
  await using runner = new Runner({ debug: true });
  expect(runner.getLoop().debug).toBe(true);
  await runner.run(() => {});
  const plain = new Runner({ debug: false });
  await plain.run(() => {});
  await plain.close();
});

portOutside("RunnerTests.test_run", "runs a coroutine; afterwards its loop is closed", async () => {
  const runner = new Runner(virtual());
  let loop: EventLoop;
  {
    await using own = runner;
    expect(await own.run(answer())).toBe(42);
    loop = own.getLoop();
  }
  expect(() => runner.getLoop()).toThrow(/Runner is closed/);
  expect(loop.closed).toBe(true);
});

portOutside("RunnerTests.test_run_non_coro", "needs something to await", async () => {
  await using runner = new Runner(virtual());
  expect(await failure(Promise.try(() => runner.run(123 as never)))).toMatchObject({
    message: expect.stringMatching(/a coroutine was expected/),
  });
});

portOutside("RunnerTests.test_explicit_close", "close closes its loop", async () => {
  const runner = new Runner();
  const loop = runner.getLoop();
  await runner.close();
  expect(() => runner.getLoop()).toThrow(/Runner is closed/);
  expect(loop.closed).toBe(true);
});

portOutside("RunnerTests.test_double_close", "a second close does nothing", async () => {
  const runner = new Runner();
  const loop = runner.getLoop();
  await runner.close();
  await runner.close();
  expect(loop.closed).toBe(true);
});

portOutside("RunnerTests.test_second_with_block_raises", "cannot be used after its end", async () => {
  const runner = new Runner(virtual());
  const seen: number[] = [];
  const note = coroutine(async (n: number) => seen.push(n));
  {
    await using own = runner;
    await own.run(note(1));
  }
  const late = note(2);
  expect(String(await failure(runner.run(late)))).toContain("Runner is closed");
  late.close();
  expect(seen).toEqual([1]);
});

portOutside("RunnerTests.test_run_keeps_context", "context variables last from run to run", async () => {
  const variable = new ContextVar("cvar", { default: -1 });
  const swap = coroutine(async (value: number) => {
    const old = variable.get();
    await sleep(0);
    variable.set(value);
    return old;
  });
  await using runner = new Runner(virtual());
  expect(await runner.run(swap(1))).toBe(-1);
  expect(await runner.run(swap(2))).toBe(1);
  expect(await runner.run(() => variable.get())).toBe(2);
});

portOutside("RunnerTests.test_recursive_run", "run within run is refused", async () => {
  await using runner = new Runner(virtual());
  const outer = coroutine(async () => runner.run(answer()));
  const error = await failure(runner.run(outer()));
  expect(error).toBeInstanceOf(RuntimeError);
  expect(String(error)).toContain("Runner.run() cannot be called from a running event loop");
});

const interrupt = () => process.emit("SIGINT");

portOutside("RunnerTests.test_interrupt_call_soon", "Ctrl-C cancels a main task that spins", async () => {
  await using runner = new Runner(virtual());
  const main = coroutine(async () => {
    for (let i = 0; ; i++) {
      if (i === 10) interrupt();
      await sleep(0);
    }
  });
  expect(await failure(runner.run(main()))).toBeInstanceOf(KeyboardInterrupt);
});

portOutside("RunnerTests.test_interrupt_wait", "Ctrl-C cancels what the main task waits for", async () => {
  await using runner = new Runner(virtual());
  const future = new Future<void>(runner.getLoop());
  runner.getLoop().callLater(0.1, interrupt);
  expect(await failure(runner.run(async () => await future))).toBeInstanceOf(KeyboardInterrupt);
  expect(future.cancelled()).toBe(true);
});

portOutside("RunnerTests.test_interrupt_cancelled_task", "of a task cancelled already it is a cancel", async () => {
  await using runner = new Runner(virtual());
  const main = async () => {
    const task = currentTask();
    createTask(async () => {
      await sleep(0);
      task?.cancel();
      interrupt();
    });
    await sleep(10);
  };
  expect(await failure(runner.run(main))).toBeInstanceOf(CancelledError);
});

portOutside("RunnerTests.test_signal_install_not_supported_ok", "a SIGINT handler of the program stays", async () => {
  let seen = 0;
  const own = () => seen++;
  process.on("SIGINT", own);
  try {
    const main = async () => {
      interrupt();
      await sleep(1);
      return process.listenerCount("SIGINT");
    };
    expect(await run(main, virtual())).toBe(1);
    expect(seen).toBe(1);
  } finally {
    process.off("SIGINT", own);
  }
  expect(await run(() => process.listenerCount("SIGINT"), virtual())).toBe(1);
  expect(process.listenerCount("SIGINT")).toBe(0);
});

portOutside("RunnerTests.test_no_repr_is_call_on_the_task_result", "does not print the result", async () => {
  let printed = 0;
  const result = {
    [inspect.custom]: () => {
      printed++;
      return "result";
    },
  };
  await using runner = new Runner(virtual());
  expect(await runner.run(async () => result)).toBe(result);
  expect(printed).toBe(0);
});
