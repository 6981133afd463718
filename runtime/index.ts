/** asyncio for TypeScript: its names in camelCase, its semantics, times in seconds. */

export { type AsCompleted, asCompleted } from "./as-completed.ts";
export { Awaitable } from "./awaitable.ts";
export { Barrier } from "./barrier.ts";
export { blockingSleep } from "./blocking-sleep.ts";
export { CallbackHandle, TimerHandle } from "./callback-handle.ts";
export { checkpoint } from "./checkpoint.ts";
export { type Clock, RealClock } from "./clock.ts";
export { Condition } from "./condition.ts";
export { ContextVar, Token } from "./context-var.ts";
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
export { Event } from "./event.ts";
export { ExceptionGroup } from "./exception-group.ts";
export { Future, type FutureState } from "./future.ts";
export { type GatherOptions, gather } from "./gather.ts";
export { Held } from "./held.ts";
export { Lock } from "./lock.ts";
export { EventLoop } from "./loop.ts";
export { Queue } from "./queue.ts";
export { LifoQueue, PriorityQueue } from "./queue-orders.ts";
export { Runner, type RunOptions, run } from "./run.ts";
export { getRunningLoop } from "./scope.ts";
export { BoundedSemaphore, Semaphore } from "./semaphore.ts";
export { shield } from "./shield.ts";
export { sleep } from "./sleep.ts";
export { type AwaitableLike, Task, type TaskOptions } from "./task.ts";
export { TaskGroup, taskGroup } from "./task-group.ts";
export type { TaskInfo, TaskState } from "./task-info.ts";
export { TaskTree, tasks } from "./task-tree.ts";
export { allTasks, createTask, currentTask, ensureFuture } from "./tasks.ts";
export { timed } from "./timed.ts";
export type { Interval, Outcome, TaskTimeline, Timeline } from "./timeline.ts";
export { Timeout, type TimeoutState, timeout, timeoutAt } from "./timeout.ts";
export { toThread } from "./to-thread.ts";
export { type Traced, type TraceOptions, timelineOf, trace } from "./trace.ts";
export { ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION, type ReturnWhen, type WaitOptions, wait } from "./wait.ts";
export { waitFor } from "./wait-for.ts";
