import type { AsyncResource } from "node:async_hooks";

const { nextTick } = process;
const { setImmediate } = globalThis;
const settled = Promise.resolve();

/**
 * When a loop runs: it asks for its next turn here, and is called when that comes. No turn runs inside a callback of
 * Node's timers and immediates: V8 may terminate what runs, and must not unwind those (see `EventLoop.recover`).
 */
export class Turns {
  /** A turn will come by itself, or runs now. */
  scheduled = false;
  /** Node has its turn. */
  paused = false;
  /** A turn will come when all microtasks have ended. */
  #awaited = false;
  readonly #run: () => void;
  readonly #context: AsyncResource;
  #turn: () => void = () => {};
  #afterMicrotasks: () => void = () => {};
  #afterNode: () => void = () => {};

  /** `run`: what a turn does. `context`: the async context of turns that are asked for while none runs. */
  constructor(run: () => void, context: AsyncResource) {
    this.#run = run;
    this.#context = context;
    this.restart();
  }

  /** Forgets all turns that were asked for: they do nothing if they still come. */
  restart(): void {
    const turn = () => {
      if (this.#turn !== turn) return;
      this.#awaited = false;
      if (!this.paused) this.#run();
    };
    this.#turn = turn;
    this.#afterMicrotasks = () => nextTick(turn);
    this.#afterNode = () => {
      if (this.#turn !== turn) return;
      this.paused = false;
      this.#run();
    };
    this.#awaited = this.paused = this.scheduled = false;
  }

  /** Asks for a turn, if none will come. */
  schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    this.#context.runInAsyncScope(this.whenSettled, this);
  }

  /** The next turn comes when all microtasks have ended. */
  whenSettled(): void {
    if (this.#awaited) return;
    this.#awaited = true;
    settled.then(this.#afterMicrotasks);
  }

  /** The next turn comes when Node has had its own, for I/O and timers. */
  pause(): void {
    this.paused = true;
    const afterNode = this.#afterNode;
    setImmediate(() => void settled.then(afterNode));
  }

  /** A turn comes soon; to be called where Node has its turn. */
  soon(): void {
    this.scheduled = true;
    void settled.then(this.#turn);
  }
}
