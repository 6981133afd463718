// What cells have left running when a notebook has come to its end. A client that runs notebooks headless asks for it over a
// comm, and waits as Node waits before a script ends: until its event loop has nothing to do but for the kernel's own.

import { type EventLoop, type Task, tasks } from "../../runtime/index.ts";
import { ActiveWork, activeKinds } from "./active-work.ts";
import { currentCell } from "./cell.ts";

/** Some work of one kind: `{ what: "timer", count: 2, cell: 3 }`. */
export interface Pending {
  what: string;
  count: number;
  /** The number of the cell that it belongs to, where that is known. */
  cell?: number | undefined;
  /** Whether it goes on only if somebody comes from outside. */
  passive?: boolean;
}

export interface PendingWorkOptions {
  loop: EventLoop;
  /** Whether the kernel's own threads and ports keep Node's event loop going. */
  keepAlive: (on: boolean) => void;
}

/** What goes on only if somebody from outside comes, as nobody does where a notebook runs alone. */
const PASSIVE = new Set(["TCPServerWrap", "PipeServerWrap", "UDPWrap", "FSEventWrap", "StatWatcher"]);

const WORDS: { [kind: string]: string } = {
  Timeout: "timer",
  Immediate: "timer",
  TCPServerWrap: "server",
  PipeServerWrap: "server",
  UDPWrap: "UDP socket",
  FSEventWrap: "file watcher",
  StatWatcher: "file watcher",
  TCPSocketWrap: "connection",
  TCPWrap: "connection",
  TLSWrap: "connection",
  PipeWrap: "pipe",
  ProcessWrap: "child process",
  Worker: "thread",
  MessagePort: "message port",
  FSReqCallback: "file operation",
  FSReqPromise: "file operation",
  GetAddrInfoReqWrap: "name lookup",
};

/** Milliseconds between looks at the clock. */
const LOOK = 50;

const { setInterval, clearInterval } = globalThis;

export class PendingWork {
  readonly #loop: EventLoop;
  readonly #keepAlive: (on: boolean) => void;
  readonly #active = new ActiveWork();

  constructor({ loop, keepAlive }: PendingWorkOptions) {
    this.#loop = loop;
    this.#keepAlive = keepAlive;
  }

  /** What is open now and was not before is the work of this cell. */
  note(cell: number): void {
    this.#active.note(cell);
  }

  /**
   * Waits until nothing is pending, at most so many seconds, real ones or by the clock of the loop, and returns what still is.
   * It does not wait for what only waits for somebody from outside.
   */
  async wait(seconds: number): Promise<Pending[]> {
    const { promise, resolve } = Promise.withResolvers<Pending[]>();
    const end = this.#loop.time() + seconds;
    // A virtual clock may stand still.
    const realEnd = performance.now() + seconds * 1000;
    const look = (): void => {
      const over = this.#loop.time() >= end || performance.now() >= realEnd;
      if (over || activeKinds().every((kind) => PASSIVE.has(kind))) resolve(this.#list());
    };
    const nothing = (): void => {
      // Or the process would end now.
      this.#keepAlive(true);
      resolve([]);
    };
    const timer = setInterval(look, LOOK).unref();
    process.once("beforeExit", nothing);
    this.#keepAlive(false);
    try {
      return await promise;
    } finally {
      this.#keepAlive(true);
      clearInterval(timer);
      process.off("beforeExit", nothing);
    }
  }

  #list(): Pending[] {
    const sleeping = [...tasks(this.#loop)].filter(({ left }) => left !== null);
    // The loop's own timer stands for the tasks that sleep.
    const active = this.#active.list(sleeping.length > 0 ? this.#loop.alarm : undefined);
    return counted([
      ...sleeping.map(({ task }) => ({ what: "sleeping task", cell: cellOf(task) })),
      ...active.map(({ kind, cell }) => ({ what: WORDS[kind] ?? kind, cell, passive: PASSIVE.has(kind) })),
    ]);
  }
}

/** A task keeps the async context that it was made in. */
const cellOf = (task: Task): number | undefined => task.resource?.runInAsyncScope(currentCell)?.executionCount;

function counted(work: readonly Omit<Pending, "count">[]): Pending[] {
  const counts = new Map<string, Pending>();
  for (const each of work) {
    const key = `${each.what} ${each.cell}`;
    const known = counts.get(key);
    if (known) known.count++;
    else counts.set(key, { ...each, count: 1 });
  }
  return [...counts.values()];
}
