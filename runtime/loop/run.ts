import { inspect } from "node:util";
import { gather } from "../combinators/gather.ts";
import { Awaitable } from "../core/awaitable.ts";
import { CancelledError, KeyboardInterrupt, RuntimeError } from "../core/errors.ts";
import { reportError } from "../core/reports.ts";
import type { Clock } from "../core/roles.ts";
import { enterLoop, insideLoop, leaveLoop } from "../core/running.ts";
import { debugReady } from "../debug/debug.ts";
import { Coroutine } from "../tasks/coroutine.ts";
import { NativeCoroutine } from "../tasks/native-coroutine.ts";
import { type AwaitableLike, asSource, type Task } from "../tasks/task.ts";
import { VirtualClock } from "../time/virtual-clock.ts";
import { EventLoop } from "./loop.ts";

export interface RunOptions {
  /** See `EventLoop.debug`; by default on if the environment has `LOOPBOOK_DEBUG=1`. */
  debug?: boolean;
  /** Where time comes from: `new VirtualClock()` in tests. By default real, or virtual if the environment has `LOOPBOOK_CLOCK=virtual`. */
  clock?: Clock;
}

function checkNotRunning(name: string, main: unknown): void {
  if (!insideLoop()) return;
  if (main instanceof NativeCoroutine || (main instanceof Coroutine && main.state === "created")) main.close();
  const call = main instanceof Coroutine ? `${main.name}()` : "main()";
  throw new RuntimeError(
    `${name}() cannot be called from a running event loop: here the loop runs already, write \`await ${call}\``,
  );
}

/**
 * Holds one loop for several calls of `run`, then closes it: what is still running is cancelled and waited for.
 *
 * @example
 * await using runner = new Runner();
 * await runner.run(setUp());
 * await runner.run(main());
 */
export class Runner implements AsyncDisposable {
  readonly #options: RunOptions;
  #loop: EventLoop | null = null;
  #closed = false;

  constructor(options: RunOptions = {}) {
    const isVirtual = options.clock === undefined && process.env.LOOPBOOK_CLOCK === "virtual";
    this.#options = isVirtual ? { ...options, clock: new VirtualClock() } : options;
  }

  /** @throws RuntimeError `Runner is closed` */
  getLoop(): EventLoop {
    if (this.#closed) throw new RuntimeError("Runner is closed");
    this.#loop ??= new EventLoop(this.#options);
    return this.#loop;
  }

  /**
   * Runs an awaitable in the runner's loop to its end.
   * @throws RuntimeError inside a running loop; KeyboardInterrupt after Ctrl-C; what the awaitable throws
   */
  run<T>(main: AwaitableLike<T>): Promise<Awaited<T>> {
    checkNotRunning("Runner.run", main);
    return this.#run(main);
  }

  async #run<T>(main: AwaitableLike<T>): Promise<Awaited<T>> {
    const loop = this.getLoop();
    asSource(main);
    if (loop.debug) await debugReady();
    enterLoop(loop);
    const task = loop.createTask(main);
    let interrupts = 0;
    const onInterrupt = () => {
      if (++interrupts > 1) process.exit(130);
      task.cancel();
    };
    const handlesSignal = process.listenerCount("SIGINT") === 0;
    if (handlesSignal) process.on("SIGINT", onInterrupt);
    try {
      return await outcome(task);
    } catch (error) {
      if (error instanceof CancelledError && interrupts > 0 && task.uncancel() === 0) throw new KeyboardInterrupt();
      throw error;
    } finally {
      if (handlesSignal) process.off("SIGINT", onInterrupt);
      // Context variables that the program set are there for the next one.
      loop.vars = task.vars;
      leaveLoop(loop);
    }
  }

  /** Cancels what is still running, waits for it, and closes the loop. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const loop = this.#loop;
    if (loop === null) return;
    enterLoop(loop);
    try {
      await cancelAll(loop);
    } finally {
      leaveLoop(loop);
      loop.close();
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

/** Waits for a task from outside of its loop. */
function outcome<T>(task: Task<T>): Promise<T> {
  return new Promise((resolve, reject) => task.waitFor(null, resolve, reject));
}

async function cancelAll(loop: EventLoop): Promise<void> {
  const tasks = loop.tasks();
  if (tasks.length === 0) return;
  for (const task of tasks) task.cancel();
  await outcome(loop.createTask(() => gather(...tasks, { returnExceptions: true })));
  for (const task of tasks) {
    if (task.cancelled() || task.exception() === null) continue;
    const message = "unhandled exception during run() shutdown";
    reportError(task.resource, { message, exception: task.exception(), future: inspect(task) });
  }
}

/**
 * Runs a program: makes a loop, runs `main` in it to its end, cancels and awaits what is left, closes the loop. Use it
 * once, as the entry point of a script. `main` is a coroutine, or a function that the loop calls.
 *
 * @throws RuntimeError inside a running loop (a cell, a coroutine), which is to `await main()` instead
 * @example
 * const result = await run(main());
 */
export function run<T>(main: AwaitableLike<T>, options: RunOptions = {}): Promise<Awaited<T>> {
  checkNotRunning("run", main);
  if (!(main instanceof Awaitable)) asSource(main);
  return runOnce(main, options);
}

async function runOnce<T>(main: AwaitableLike<T>, options: RunOptions): Promise<Awaited<T>> {
  const runner = new Runner(options);
  try {
    return await runner.run(main);
  } finally {
    await runner.close();
  }
}
