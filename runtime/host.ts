/** For hosts of the runtime, such as a notebook's kernel: a loop that always runs, and what is told to whom. */
import { types } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { type Handlers, setHandlers } from "./core/reports.ts";
import { setHostLoop } from "./core/running.ts";
import { EventLoop, type LoopOptions } from "./loop/loop.ts";
import { Coroutine } from "./tasks/coroutine.ts";
import { NativeCoroutine } from "./tasks/native-coroutine.ts";
import { collectUnstarted as collect, unstartedCount, warnDropped } from "./tasks/unstarted.ts";

export {
  awaitedValue,
  awaiting,
  goesOn,
  holding,
  pending,
  resolved,
  setRejectionListener,
  settled,
} from "./calls/await.ts";
export { iterating } from "./calls/iterate.ts";
export { returning } from "./calls/return.ts";
export { warmUp } from "./calls/warm-up.ts";
export { generatorRun, keepCall, latestPromise, thisCall, watchCalls } from "./calls/watch.ts";
export { type UncaughtContext, unreadFailures, type Warning } from "./core/reports.ts";
export type { Clock } from "./core/roles.ts";
export { EventLoop } from "./loop/loop.ts";
export { escapeMarkup } from "./observe/markup.ts";
export { checkpoint, setInterruptCheck } from "./tasks/checkpoint.ts";
export { setBlockingSleep } from "./time/blocking-sleep.ts";
export { unstartedCount };

export interface HostOptions extends LoopOptions, Partial<Handlers> {}

/**
 * Starts a loop that runs as long as the process: `createTask` works everywhere, `run` is refused. `onWarning` and
 * `onError` are called inside the async context in which the coroutine or task they are about was made.
 *
 * @example
 * const loop = startLoop({ onError: ({ message, exception }) => console.error(message, exception) });
 * loop.createTask(cell, { name: "Cell [3]", eager: true });
 */
export function startLoop({ onWarning, onError, ...options }: HostOptions = {}): EventLoop {
  const loop = new EventLoop(options);
  setHandlers({ ...(onWarning && { onWarning }), ...(onError && { onError }) });
  loop.datesTasks = true;
  setHostLoop(loop);
  return loop;
}

/** Ends a loop that `startLoop` made; its tasks do not go on. */
export function stopLoop(loop: EventLoop): void {
  setHostLoop(null);
  loop.close();
  setHandlers();
}

/**
 * To be called with the value of an expression statement that nobody uses: an unstarted coroutine warns at once that
 * it was never awaited. Returns the value.
 */
export function discarded<T>(value: T): T {
  if (!types.isProxy(value) && (value instanceof Coroutine || value instanceof NativeCoroutine)) {
    warnDropped(value);
    value.close();
  }
  return value;
}

let gc: (() => void) | undefined;

/**
 * Collects garbage if coroutines that were not started (or errors that nobody read) exist, so that those that were
 * dropped are reported before it resolves.
 */
export function collectUnstarted(): Promise<void> {
  return collect(() => {
    if (gc === undefined) {
      setFlagsFromString("--expose-gc");
      gc = globalThis.gc ?? (runInNewContext("gc") as () => void);
    }
    gc();
  });
}
