import { inspect } from "node:util";
import { QueueEmpty, QueueFull, QueueShutDown, ValueError } from "../core/errors.ts";
import type { Running } from "../core/roles.ts";
import { Coroutine } from "../tasks/coroutine.ts";
import { Deque } from "./deque.ts";
import { Event } from "./event.ts";
import { WaitList } from "./wait-list.ts";
import { Waiter } from "./waiter.ts";

const done: Promise<void> = Promise.resolve();

abstract class QueueWait<T, R> extends Waiter<Queue<T>, R> {
  /** Who was woken may find that another has been quicker, and stands in line again. */
  protected override resume(): Running {
    if (!this.mustWait()) return super.resume();
    this.standInLine();
    return false;
  }

  protected override giveBack(woken: boolean): void {
    if (woken && !this.mustWait()) this.at.wakeNext(this.line);
  }
}

class Get<T> extends QueueWait<T, T> {
  get name(): string {
    return "Queue.get";
  }

  protected get line(): WaitList {
    return this.at.getters;
  }

  protected mustWait(): boolean {
    return this.at.empty() && !this.at.isShutDown;
  }

  protected receive(): T {
    return this.at.getNowait();
  }
}

class Put<T> extends QueueWait<T, void> {
  readonly #item: T;

  constructor(queue: Queue<T>, item: T) {
    super(queue);
    this.#item = item;
  }

  get name(): string {
    return "Queue.put";
  }

  protected get line(): WaitList {
    return this.at.putters;
  }

  protected mustWait(): boolean {
    return this.at.full() && !this.at.isShutDown;
  }

  protected receive(): void {
    this.at.putNowait(this.#item);
  }
}

/** Where a queue keeps its items, and in which order it gives them out. */
export interface Store<T> extends Iterable<T> {
  readonly size: number;
  push(item: T): void;
  shift(): T | undefined;
}

/**
 * Hands items from tasks to tasks, first in, first out. With a `maxsize` above 0, `put` waits while it is full.
 *
 * @example
 * const queue = new Queue<string>(100);
 * createTask(async () => { for await (const url of queue) { await download(url); queue.taskDone(); } });
 * await queue.put("https://example.org");
 * await queue.join();
 * queue.shutdown();
 */
export class Queue<T = unknown> implements AsyncIterable<T> {
  /** How many items it can hold; 0 or less for no bound. */
  readonly maxsize: number;
  readonly #items: Store<T>;
  /** @internal */ readonly getters = new WaitList();
  /** @internal */ readonly putters = new WaitList();
  readonly #finished = new Event();
  #unfinished = 0;
  #isShutDown = false;

  constructor(maxsize = 0, items: Store<T> = new Deque<T>()) {
    this.maxsize = maxsize;
    this.#items = items;
    this.#finished.set();
  }

  /** How many items are in it. */
  qsize(): number {
    return this.#items.size;
  }

  empty(): boolean {
    return this.#items.size === 0;
  }

  full(): boolean {
    return this.maxsize > 0 && this.#items.size >= this.maxsize;
  }

  get isShutDown(): boolean {
    return this.#isShutDown;
  }

  /**
   * Puts an item in; waits while the queue is full. If there is room, it is in when this returns.
   * @throws QueueShutDown
   */
  put(item: T): Promise<void> {
    if (this.full() || this.#isShutDown) return new Put(this, item);
    this.putNowait(item);
    return done;
  }

  /** @throws QueueFull; QueueShutDown */
  putNowait(item: T): void {
    if (this.#isShutDown) throw new QueueShutDown();
    if (this.full()) throw new QueueFull();
    this.#items.push(item);
    this.#unfinished++;
    this.#finished.clear();
    this.wakeNext(this.getters);
  }

  /**
   * Takes an item out; waits while the queue is empty. An item that is there is taken when this is called.
   * @throws QueueShutDown when it is empty and shut down
   */
  get(): Promise<T> {
    if (this.#items.size === 0) return new Get(this);
    return Promise.resolve(this.getNowait());
  }

  /** @throws QueueEmpty; QueueShutDown */
  getNowait(): T {
    if (this.#items.size === 0) throw this.#isShutDown ? new QueueShutDown() : new QueueEmpty();
    const item = this.#items.shift() as T;
    this.wakeNext(this.putters);
    return item;
  }

  /**
   * Says that the work on an item that was taken is done; `join` waits until that was said of all.
   * @throws ValueError `taskDone() called too many times`
   */
  taskDone(): void {
    if (this.#unfinished <= 0) throw new ValueError("taskDone() called too many times");
    if (--this.#unfinished === 0) this.#finished.set();
  }

  /** Waits until the work on all items is done. */
  join(): Promise<void> {
    return new Coroutine<void>("Queue.join", async () => {
      if (this.#unfinished > 0) await this.#finished.wait();
    });
  }

  /**
   * Ends the queue: `put` throws QueueShutDown, and so does `get` once it is empty; with `immediate` the items are
   * dropped and count as done. All who wait are woken.
   */
  shutdown({ immediate = false }: { immediate?: boolean } = {}): void {
    this.#isShutDown = true;
    if (immediate) {
      while (this.#items.size > 0) {
        this.#items.shift();
        if (this.#unfinished > 0) this.#unfinished--;
      }
      if (this.#unfinished === 0) this.#finished.set();
    }
    for (const line of [this.getters, this.putters]) while (line.size > 0) line.shift()?.wake();
  }

  /** Takes items until the queue is shut down and empty. */
  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, void> {
    for (;;) {
      let item: T;
      try {
        item = await this.get();
      } catch (error) {
        if (error instanceof QueueShutDown) return;
        throw error;
      }
      yield item;
    }
  }

  /** @internal Wakes the first of those who wait in line. */
  wakeNext(line: WaitList): void {
    for (let next = line.shift(); next !== null; next = line.shift()) if (next.wake()) return;
  }

  [inspect.custom](): string {
    const parts = [`maxsize=${this.maxsize}`];
    if (!this.empty()) parts.push(`items=${inspect([...this.#items], { breakLength: Infinity })}`);
    if (this.getters.size > 0) parts.push(`getters[${this.getters.size}]`);
    if (this.putters.size > 0) parts.push(`putters[${this.putters.size}]`);
    if (this.#unfinished > 0) parts.push(`tasks=${this.#unfinished}`);
    if (this.#isShutDown) parts.push("shutdown");
    return `<${this.constructor.name} ${parts.join(" ")}>`;
  }
}
