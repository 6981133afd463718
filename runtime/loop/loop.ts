import { AsyncResource } from "node:async_hooks";
import { inspect } from "node:util";
import { loopTurn } from "../core/channels.ts";
import { RuntimeError } from "../core/errors.ts";
import { reportError } from "../core/reports.ts";
import type { Clock, Handle, Loop, Running, Scope, Timed, Variables } from "../core/roles.ts";
import { runningLoop, storage } from "../core/running.ts";
import { debugByDefault, watchLoop } from "../debug/debug.ts";
import { CallbackHandle, TimerHandle } from "../tasks/callback-handle.ts";
import { createTaskIn } from "../tasks/create-task.ts";
import { Future } from "../tasks/future.ts";
import type { AwaitableLike, Task, TaskOptions } from "../tasks/task.ts";
import { RealClock } from "../time/clock.ts";
import { Idle } from "./idle.ts";
import { ReadyQueue } from "./ready-queue.ts";
import { TaskList } from "./task-list.ts";
import { TimerHeap } from "./timer-heap.ts";
import { Turns } from "./turns.ts";

/** What a handle costs that runs code of the user; any other costs 1. */
const USER_CODE = 16;
/** Node has its turn, for I/O and timers, when handles have cost as much: after 64 that run code of the user. */
const BUDGET = 64 * USER_CODE;

export interface LoopOptions {
  clock?: Clock | undefined;
  debug?: boolean | undefined;
}

/**
 * The event loop: runs handles one by one in the order in which they became ready, as asyncio does. After each, all
 * microtasks that it caused run to their end before the next; every 64 handles Node gets its turn.
 */
export class EventLoop implements Loop {
  readonly clock: Clock;
  /** Seconds for which code may hold the loop before debug mode warns of it. */
  slowCallbackDuration = 0.1;
  /** @internal Tasks remember when they were made: a host shows it. */ datesTasks = false;
  /** @internal Waits for promises of the outside. */ outsideWaits = 0;
  /** @internal How often such a wait began or ended. */ outsideEvents = 0;
  /** @internal Context variables set outside of any task. */ vars: Variables = new Map();
  #debug = false;
  #ready = new ReadyQueue();
  #timers = new TimerHeap();
  /** How many handles that were ready when this batch began have not run yet. */
  #batch = 0;
  #budget = BUDGET;
  /** Whose code the latest handle has set running, if that tells when it waits. */
  #running: Scope | null = null;
  #closed = false;
  #tasks = new TaskList();
  #root = new AsyncResource("loopbook.loop");
  #turns = new Turns(() => this.#run(), this.#root);
  #idle: Idle;

  constructor({ clock = new RealClock(), debug = debugByDefault() }: LoopOptions = {}) {
    this.clock = clock;
    this.#idle = new Idle(clock, {
      idle: () => !this.#turns.scheduled && !this.#closed,
      firstTimer: () => this.#timers.peek()?.when,
      // A task that runs no code and has no wait of ours waits for a promise of the outside.
      waitsForOutside: () => this.outsideWaits > 0 || this.#tasks.some((task) => task.currentWait === null),
      outsideEvents: () => this.outsideEvents,
      goOn: () => this.#turns.soon(),
    });
    this.debug = debug;
  }

  /**
   * Debug mode: tasks know where they are suspended and were made, coroutines where they were made; slow callbacks,
   * forgotten locks and cancellations that are swallowed or out of reach are warned of.
   */
  get debug(): boolean {
    return this.#debug;
  }

  set debug(on: boolean) {
    this.#debug = on;
    watchLoop(this, on);
  }

  /** @internal The host's timer that wakes it for what is due next. */
  get alarm(): NodeJS.Timeout | undefined {
    return this.#idle.alarm;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Seconds on the loop's clock. */
  time(): number {
    return this.clock.time();
  }

  createFuture<T = unknown>(): Future<T> {
    return new Future<T>(this);
  }

  /**
   * Runs an awaitable beside the current code; it starts in a later turn, unless `eager`.
   * @throws TypeError if the value cannot be awaited; RuntimeError if the loop is closed.
   */
  createTask<T>(source: AwaitableLike<T>, options?: TaskOptions): Task<Awaited<T>> {
    return createTaskIn(this, source, options);
  }

  /** Calls `fn(...args)` in a later turn, after all that is ready now. */
  callSoon<A extends unknown[]>(fn: (...args: A) => unknown, ...args: A): CallbackHandle {
    this.#checkOpen();
    const handle = new CallbackHandle(this, fn as (...args: unknown[]) => unknown, args);
    this.push(handle);
    return handle;
  }

  /** Calls `fn(...args)` after `delay` seconds. */
  callLater<A extends unknown[]>(delay: number, fn: (...args: A) => unknown, ...args: A): TimerHandle {
    return this.callAt(this.clock.after(delay), fn, ...args);
  }

  /** Calls `fn(...args)` at a time of the loop's clock. */
  callAt<A extends unknown[]>(when: number, fn: (...args: A) => unknown, ...args: A): TimerHandle {
    this.#checkOpen();
    const handle = new TimerHandle(this, when, fn as (...args: unknown[]) => unknown, args);
    this.addTimer(handle);
    return handle;
  }

  /** Shows an error that nobody could catch, through the host's handler. */
  callExceptionHandler(context: { message: string; exception: unknown }): void {
    reportError(storage.getStore()?.resource ?? null, context);
  }

  /** All tasks of this loop that are not done, the oldest first. */
  tasks(): Task<unknown>[] {
    return this.#tasks.all();
  }

  /**
   * Goes on after V8's terminateExecution, which drops pending microtasks and unwinds through anything: whatever
   * the loop had in flight is scheduled anew. Harmless at other times. A host that terminates must start Node with
   * `--no-force-async-hooks-checks`: unwound inside a timer's callback, Node otherwise finds its stack of async ids
   * corrupted and aborts.
   */
  recover(): void {
    this.#idle.forget();
    this.#batch = 0;
    this.#running = null;
    this.#turns.restart();
    this.#turns.schedule();
  }

  /** Ends the loop: nothing runs in it any more. */
  close(): void {
    this.#closed = true;
    watchLoop(this, false);
    this.#idle.forget();
    this.#ready = new ReadyQueue();
    this.#timers = new TimerHeap();
    this.#batch = 0;
  }

  /** @internal Puts a handle on the ready queue. */
  push(handle: Handle): void {
    this.#ready.push(handle);
    this.#turns.schedule();
  }

  /** @internal */
  addTimer(timer: Timed): void {
    this.#timers.push(timer);
    this.#turns.schedule();
  }

  /** @internal */
  removeTimer(timer: Timed): void {
    if (this.#timers.remove(timer)) this.#turns.schedule();
  }

  /** @internal */
  addTask(task: Task<unknown>): void {
    this.#tasks.add(task);
  }

  /** @internal */
  removeTask(task: Task<unknown>): void {
    this.#tasks.remove(task);
  }

  #checkOpen(): void {
    if (this.#closed) throw new RuntimeError("Event loop is closed");
  }

  /**
   * @internal The code of a scope waits, or has ended. If the latest handle has set it running, the next handle can run
   * at once; this is what happens nearly always, and saves the way over Node's tick queue.
   */
  suspended(scope: Scope): void {
    if (this.#running === null || this.#running !== (scope.owner() ?? scope) || this.#turns.paused) return;
    this.#run();
  }

  #run(): void {
    this.#running = null;
    this.#turns.scheduled = true;
    for (;;) {
      if (this.#batch === 0) {
        if (this.#timers.size > 0) this.#timers.moveDue(this.clock.time(), this.#ready);
        this.#batch = this.#ready.size;
        if (this.#batch === 0) {
          this.#turns.scheduled = false;
          this.#idle.wait();
          return;
        }
      }
      if (this.#budget <= 0) {
        this.#budget = BUDGET;
        this.#turns.pause();
        return;
      }
      this.#batch--;
      const handle = this.#ready.shift();
      if (loopTurn.hasSubscribers) loopTurn.publish({ loop: this, handle });
      let running: Running = true;
      try {
        running = handle?.run() ?? false;
      } catch (exception) {
        reportError(this.#root, { message: `Exception in the loop: ${inspect(handle)}`, exception });
      }
      if (running !== false) {
        this.#running = running === true ? null : (running.owner() ?? running);
        this.#budget -= USER_CODE;
        this.#turns.whenSettled();
        return;
      }
      this.#budget--;
    }
  }
}

/**
 * The loop that runs this code.
 * @throws RuntimeError `no running event loop`
 */
export const getRunningLoop = (): EventLoop => runningLoop() as EventLoop;

/** The tasks of a loop that are not done. */
export function allTasks(loop: EventLoop = getRunningLoop()): Set<Task> {
  return new Set(loop.tasks());
}
