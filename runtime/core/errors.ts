/** The exceptions of the runtime. Names and messages are asyncio's. */

function named(prototype: Error, name: string): void {
  Object.defineProperty(prototype, "name", { value: name, configurable: true, writable: true });
}

/** Thrown at the innermost await of a task that was cancelled. Let it pass, or clean up and throw it again. */
export class CancelledError extends Error {}
named(CancelledError.prototype, "CancelledError");

/** A time limit passed: thrown by `waitFor`, `timeout`, `asCompleted`. */
export class TimeoutError extends Error {}
named(TimeoutError.prototype, "TimeoutError");

/** An operation that the state of a future or task does not allow. */
export class InvalidStateError extends Error {}
named(InvalidStateError.prototype, "InvalidStateError");

/** A misuse of the runtime, such as `run()` inside a running loop. */
export class RuntimeError extends Error {}
named(RuntimeError.prototype, "RuntimeError");

/** An argument of the right type and a value that is not allowed. */
export class ValueError extends RangeError {}
named(ValueError.prototype, "ValueError");

/** The user asked the program to stop (Ctrl-C, a kernel's interrupt). */
export class KeyboardInterrupt extends Error {}
named(KeyboardInterrupt.prototype, "KeyboardInterrupt");

/** The program is to end: passes through a task group as it is, as in Python. */
export class SystemExit extends Error {}
named(SystemExit.prototype, "SystemExit");

/** `getNowait` on an empty queue. */
export class QueueEmpty extends Error {}
named(QueueEmpty.prototype, "QueueEmpty");

/** `putNowait` on a full queue. */
export class QueueFull extends Error {}
named(QueueFull.prototype, "QueueFull");

/** `put` or `get` on a queue that was shut down. */
export class QueueShutDown extends Error {}
named(QueueShutDown.prototype, "QueueShutDown");

/** A barrier that was reset or aborted while a task waited at it. */
export class BrokenBarrierError extends RuntimeError {}
named(BrokenBarrierError.prototype, "BrokenBarrierError");

/**
 * @internal A CancelledError without a stack: it is made inside the loop, whose frames say nothing, and a stack costs a
 * microsecond for each cancelled task.
 */
export function cancelledError(message: string | undefined): CancelledError {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  const error = new CancelledError(message);
  Error.stackTraceLimit = limit;
  return error;
}
