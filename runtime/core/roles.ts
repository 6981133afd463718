/**
 * What the parts of the runtime need of each other: types only, so that a lower room need not know the classes of a higher.
 * Classes of the public API play their roles without an `implements`, which would publish these types with them.
 */
import type { AsyncResource } from "node:async_hooks";

/** Where a loop takes its time from. */
export interface Clock {
  /** Seconds since some fixed moment; never goes back. */
  time(): number;
  /** The moment `delay` seconds from now. */
  after(delay: number): number;
  /** Lets `delay` seconds pass while nothing else runs; absent where only real time can pass. */
  block?(delay: number): void;
  /** Present on clocks whose time passes only when nothing can run: goes to that time. */
  jump?(when: number): void;
  /** Present with `jump`: how long, in real seconds, work outside the loop may take before time jumps over it. */
  readonly grace?: number;
}

/** @internal The values of context variables; replaced as a whole when one is set, so that copies are free. */
export type Variables = ReadonlyMap<object, unknown>;

/**
 * @internal What a handle has set running: code of the user that goes on in microtasks. The next handle runs when it waits.
 * `false`: none, so the next handle can run at once. A scope: that scope's code, of which the loop is told when it waits.
 * `true`: code of which nobody will tell the loop, so it lets all microtasks end first.
 */
export type Running = boolean | Scope;

/** @internal One entry of the loop's ready queue. */
export interface Handle {
  run(): Running;
}

/** @internal Something that becomes ready at a time of the loop's clock. */
export interface Timed extends Handle {
  /** Seconds on the loop's clock. */
  readonly when: number;
  /** Its number in the order of arrival, which decides between equal times. */
  order: number;
  /** Its place in the heap, or -1: makes removal cheap, so that cancelled timers never pile up. */
  index: number;
}

/** @internal Whose code it is: a task's, a call's of a hot async function, or a callback's. */
export interface Scope {
  readonly loop: Loop;
  /** What it waits for; of several waits at a time the latest, from which `below` leads to the others. */
  currentWait: Wait | null;
  /** How many waits it has begun: a function during whose call this does not grow has awaited nothing of the runtime's. */
  waitCount: number;
  /** The async context it was made in: where warnings and errors about it are shown. */
  readonly resource: AsyncResource | null;
  /** The task that is cancelled on its behalf. */
  owner(): Owner | null;
  /** The task that `currentTask()` names. */
  current(): Owner | null;
  /** Where its context variables are kept. */
  variables(): { vars: Variables };
}

/** @internal One wait of a scope: an Operation. */
export interface Wait {
  /** What a warning calls it. */
  readonly name: string;
  readonly status: number;
  /** The wait of the same scope that began before this one. */
  below: Wait | null;
  /** The one that began after it. */
  above: Wait | null;
  /** The scope whose end it waits for, if it is one. */
  readonly within: Scope | null;
  /** Asks it to end with a CancelledError; false if it is too late for that. */
  cancel(message: string | undefined): boolean;
  /** Where it waits, in debug mode the lines of a stack. */
  where(): string;
}

/** @internal The task on whose behalf a scope waits. */
export interface Owner extends Scope {
  /** A cancel that is to be delivered at the next await. */
  mustCancel: boolean;
  cancelMessage: string | undefined;
  /** Its body went on without it: the body's next wait is cancelled. */
  abandoned: boolean;
  vars: Variables;
  finish(value: unknown): void;
  fail(error: unknown): void;
  uncancel(): number;
}

/** What `callSoon` and its like return. */
interface Cancellable {
  /** Takes the call back. */
  cancel(): void;
}

/** The event loop, as tasks, futures and waits need it. */
export interface Loop {
  readonly clock: Clock;
  readonly closed: boolean;
  debug: boolean;
  /** Seconds for which code may hold the loop before debug mode warns of it. */
  slowCallbackDuration: number;
  /** Seconds on the loop's clock. */
  time(): number;
  /** Calls `fn(...args)` in a later turn, after all that is ready now. */
  callSoon<A extends unknown[]>(fn: (...args: A) => unknown, ...args: A): Cancellable;
  /** Calls `fn(...args)` after `delay` seconds. */
  callLater<A extends unknown[]>(delay: number, fn: (...args: A) => unknown, ...args: A): Cancellable;
  /** Calls `fn(...args)` at a time of the loop's clock. */
  callAt<A extends unknown[]>(when: number, fn: (...args: A) => unknown, ...args: A): Cancellable;
  /** @internal Tasks remember when they were made: a host shows it. */
  datesTasks: boolean;
  /** @internal How many waits for promises of the outside there are. */
  outsideWaits: number;
  /** @internal How often such a wait began or ended. */
  outsideEvents: number;
  /** @internal Context variables set outside of any task. */
  vars: Variables;
  /** @internal Puts a handle on the ready queue. */
  push(handle: Handle): void;
  /** @internal */
  addTimer(timer: Timed): void;
  /** @internal Does nothing if the timer does not wait. */
  removeTimer(timer: Timed): void;
  /** @internal */
  addTask(task: Owner): void;
  /** @internal */
  removeTask(task: Owner): void;
  /** @internal All tasks that are not done, the oldest first. */
  tasks(): Owner[];
  /** @internal The code of a scope waits, or has ended. */
  suspended(scope: Scope): void;
}
