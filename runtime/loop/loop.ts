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

const { nextTick } = process;
const { setImmediate } = globalThis;
const settled = Promise.resolve();
/** Handles run before Node's own I/O and timers get their turn: 64 that resume code of the user. */
const TURNS = 64;
const QUICK = 16;

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
  #batch = 0;
  #budget = TURNS * QUICK;
  /** Whether anything will call #run by itself: a hop, a pause, or #run itself. */
  #scheduled = false;
  /** A hop is under way: a turn comes when all microtasks have ended. */
  #hopping = false;
  /** Node has its turn. */
  #paused = false;
  /** Whose code goes on in microtasks since the latest handle. */
  #flying: Scope | null = null;
  #closed = false;
  #tasks = new TaskList();
  #root = new AsyncResource("loopbook.loop");
  #idle: Idle;
  #turn: () => void = () => {};
  #hop: () => void = () => {};
  #pause: () => void = () => {};

  constructor({ clock = new RealClock(), debug = debugByDefault() }: LoopOptions = {}) {
    this.clock = clock;
    this.#idle = new Idle(clock, {
      idle: () => !this.#scheduled && !this.#closed,
      firstTimer: () => this.#timers.peek()?.when,
      waitsForOutside: () => this.outsideWaits > 0 || this.#tasks.some(waitsForNothing),
      outsideEvents: () => this.outsideEvents,
      goOn: () => {
        this.#scheduled = true;
        this.#soon(this.#turn);
      },
    });
    this.debug = debug;
    this.#chain();
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
    this.#chain();
    this.#scheduled = false;
    this.#schedule();
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

  /** @internal */
  push(handle: Handle): void {
    this.#ready.push(handle);
    if (!this.#scheduled) this.#schedule();
  }

  /** @internal */
  addTimer(timer: Timed): void {
    this.#timers.push(timer);
    if (!this.#scheduled) this.#schedule();
  }

  /** @internal */
  removeTimer(timer: Timed): boolean {
    const removed = this.#timers.remove(timer);
    if (removed && !this.#scheduled) this.#schedule();
    return removed;
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

  /** Makes the functions that carry the loop from turn to turn; older ones, if they still come, do nothing. */
  #chain(): void {
    const turn = () => {
      if (this.#turn !== turn) return;
      this.#hopping = false;
      if (!this.#paused) this.#run();
    };
    const afterMicrotasks = () => nextTick(turn);
    this.#turn = turn;
    this.#hop = () => {
      if (this.#hopping) return;
      this.#hopping = true;
      settled.then(afterMicrotasks);
    };
    const resume = () => {
      if (this.#turn !== turn) return;
      this.#paused = false;
      this.#run();
    };
    this.#pause = () => {
      this.#paused = true;
      setImmediate(() => this.#soon(resume));
    };
    this.#hopping = this.#paused = false;
    this.#flying = null;
  }

  #schedule(): void {
    this.#scheduled = true;
    this.#root.runInAsyncScope(this.#hop);
  }

  /**
   * @internal The code of a scope waits, or has ended. If it is the code that the latest handle set going, the next
   * handle can run at once; this is what happens nearly always, and saves the way over Node's tick queue.
   */
  suspended(scope: Scope): void {
    if (this.#flying === null || this.#flying !== (scope.owner() ?? scope) || this.#paused) return;
    this.#run();
  }

  #run(): void {
    this.#flying = null;
    this.#scheduled = true;
    for (;;) {
      if (this.#batch === 0) {
        if (this.#timers.size > 0) this.#collectDue();
        this.#batch = this.#ready.size;
        if (this.#batch === 0) {
          this.#scheduled = false;
          this.#idle.wait();
          return;
        }
      }
      if (this.#budget <= 0) {
        this.#budget = TURNS * QUICK;
        this.#pause();
        return;
      }
      this.#batch--;
      const handle = this.#ready.shift();
      if (loopTurn.hasSubscribers) loopTurn.publish({ loop: this, handle });
      let going: Running = true;
      try {
        going = handle?.run() ?? false;
      } catch (exception) {
        reportError(this.#root, { message: `Exception in the loop: ${inspect(handle)}`, exception });
      }
      if (going !== false) {
        this.#flying = going === true ? null : (going.owner() ?? going);
        this.#budget -= QUICK;
        this.#hop();
        return;
      }
      this.#budget--;
    }
  }

  /** Moves the timers that are due to the ready queue. */
  #collectDue(): void {
    const now = this.clock.time() + 1e-9;
    for (let next = this.#timers.peek(); next !== undefined && next.when <= now; next = this.#timers.peek()) {
      this.#timers.pop();
      this.#ready.push(next);
    }
  }

  /** Keeps code of the user out of the callbacks of timers and immediates, which must not be unwound: see `recover`. */
  #soon(run: () => void): void {
    void settled.then(run);
  }
}

/**
 * The loop that runs this code.
 *
 * @throws RuntimeError `no running event loop`
 */
export const getRunningLoop = (): EventLoop => runningLoop() as EventLoop;

/** The tasks of a loop that are not done. */
export function allTasks(loop: EventLoop = getRunningLoop()): Set<Task> {
  return new Set(loop.tasks());
}

/** It waits for a promise that is not ours. */
const waitsForNothing = (task: Task<unknown>): boolean => task.currentWait === null;
