/** asyncio for TypeScript: its names in camelCase, its semantics, times in seconds. */
export { Awaitable } from "./awaitable.ts";
export { blockingSleep } from "./blocking-sleep.ts";
export { CallbackHandle, TimerHandle } from "./callback-handle.ts";
export { checkpoint } from "./checkpoint.ts";
export { type Clock, RealClock } from "./clock.ts";
export { Coroutine, type CoroutineFunction, type CoroutineState, coroutine, isCoroutine } from "./coroutine.ts";
export {
  BrokenBarrierError,
  CancelledError,
  InvalidStateError,
  KeyboardInterrupt,
  QueueEmpty,
  QueueFull,
  QueueShutDown,
  RuntimeError,
  SystemExit,
  TimeoutError,
  ValueError,
} from "./errors.ts";
export { ExceptionGroup } from "./exception-group.ts";
export { Future, type FutureState } from "./future.ts";
export { type GatherOptions, gather } from "./gather.ts";
export { EventLoop } from "./loop.ts";
export { Runner, type RunOptions, run } from "./run.ts";
export { getRunningLoop } from "./scope.ts";
export { sleep } from "./sleep.ts";
export { type AwaitableLike, Task, type TaskOptions } from "./task.ts";
export { allTasks, createTask, currentTask, ensureFuture } from "./tasks.ts";
export { Timeout, type TimeoutState, timeout, timeoutAt } from "./timeout.ts";
export { waitFor } from "./wait-for.ts";
