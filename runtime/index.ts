// The declarations name types of Node's, and a program that imports them need not say so itself.
/// <reference types="node" preserve="true" />

/** asyncio for TypeScript: its names in camelCase, its semantics, times in seconds. */

export { type AsCompleted, asCompleted } from "./combinators/as-completed.ts";
export { type GatherOptions, gather } from "./combinators/gather.ts";
export { shield } from "./combinators/shield.ts";
export { TaskGroup, taskGroup } from "./combinators/task-group.ts";
export { Timeout, type TimeoutState, timeout, timeoutAt } from "./combinators/timeout.ts";
export {
  ALL_COMPLETED,
  FIRST_COMPLETED,
  FIRST_EXCEPTION,
  type ReturnWhen,
  type WaitOptions,
  wait,
} from "./combinators/wait.ts";
export { waitFor } from "./combinators/wait-for.ts";
export { Awaitable } from "./core/awaitable.ts";
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
} from "./core/errors.ts";
export { ExceptionGroup } from "./core/exception-group.ts";
export type { Clock } from "./core/roles.ts";
export { allTasks, EventLoop, getRunningLoop } from "./loop/loop.ts";
export { Runner, type RunOptions, run } from "./loop/run.ts";
export type { TaskInfo, TaskState } from "./observe/task-info.ts";
export { TaskTree, tasks } from "./observe/task-tree.ts";
export type { Timeline } from "./observe/timeline.ts";
export type { Interval, Outcome, TaskTimeline } from "./observe/timeline-data.ts";
export { type Traced, type TraceOptions, timelineOf, trace } from "./observe/trace.ts";
export { Barrier } from "./sync/barrier.ts";
export { Condition } from "./sync/condition.ts";
export { Event } from "./sync/event.ts";
export { Held } from "./sync/held.ts";
export { Lock } from "./sync/lock.ts";
export { LifoQueue, PriorityQueue } from "./sync/ordered-queues.ts";
export { Queue } from "./sync/queue.ts";
export { BoundedSemaphore, Semaphore } from "./sync/semaphore.ts";
export { CallbackHandle, TimerHandle } from "./tasks/callback-handle.ts";
export { checkpoint } from "./tasks/checkpoint.ts";
export { ContextVar, Token } from "./tasks/context-var.ts";
export { Coroutine, type CoroutineFunction, type CoroutineState, coroutine, isCoroutine } from "./tasks/coroutine.ts";
export { createTask, currentTask, ensureFuture } from "./tasks/create-task.ts";
export { Future, type FutureState } from "./tasks/future.ts";
export { type AwaitableLike, Task, type TaskOptions } from "./tasks/task.ts";
export { toThread } from "./tasks/to-thread.ts";
export { blockingSleep } from "./time/blocking-sleep.ts";
export { RealClock } from "./time/clock.ts";
export { sleep } from "./time/sleep.ts";
export { timed } from "./time/timed.ts";
