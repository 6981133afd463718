// The processes that cells have started: they end with the kernel, and the one that the main thread waits for ends with the cell.

import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Signal } from "../channel/signals.ts";
import { descendants, type ProcessEntry, processTable } from "./process-table.ts";

/** How long processes have to end in order, in milliseconds, before they are made to. */
const PATIENCE = 250;
/** How often to look whether they have, in milliseconds. */
const INTERVAL = 10;
/** The main thread has not come round to an interrupt for so long, in milliseconds: it may be waiting for a child. */
const BLOCKED = 50;

/**
 * Ends all that this process has started, and what that has started, but for what was given a group of its own
 * (`detached: true`): that is meant to stay.
 */
export async function endChildren(): Promise<void> {
  const own = async (): Promise<ProcessEntry[]> => {
    const table = await processTable();
    const group = table.find(({ pid }) => pid === process.pid)?.group;
    return descendants(process.pid, table).filter((child) => child.group === group);
  };
  let children = await own();
  send("SIGTERM", children);
  for (let waited = 0; children.length > 0 && waited < PATIENCE; waited += INTERVAL) {
    await sleep(INTERVAL);
    children = await own();
  }
  send("SIGKILL", children);
}

/**
 * Interrupts the child that the main thread waits for in `execSync` and the like, with its own children, as a terminal would;
 * kills it where that does not help. Does nothing while the main thread waits for none. Returns what ends the watch.
 */
export function interruptBlockingChild(signals: Int32Array): () => void {
  const call = Atomics.load(signals, Signal.blockingChild);
  const isSameCall = (): boolean => isBlocked(call) && Atomics.load(signals, Signal.blockingChild) === call;
  const strike = async (signal: NodeJS.Signals): Promise<void> => {
    const table = await processTable();
    const child = latestOfMainThread(table);
    if (child && isSameCall()) send(signal, [child, ...descendants(child.pid, table)]);
  };
  const timers = [
    setTimeout(() => isSameCall() && void strike("SIGINT"), BLOCKED),
    setTimeout(() => isSameCall() && void strike("SIGKILL"), BLOCKED + PATIENCE),
  ];
  return () => timers.forEach(clearTimeout);
}

/** While the main thread waits for a child, it starts no other: its latest is the one. */
function latestOfMainThread(table: readonly ProcessEntry[]): ProcessEntry | undefined {
  const ofMain = startedByMainThread();
  return table
    .filter(({ pid, parent }) => parent === process.pid && (ofMain?.has(pid) ?? true))
    .sort((a, b) => b.started - a.started || b.pid - a.pid)[0];
}

/** Linux: without what other threads have started, such as this one the type checker. */
function startedByMainThread(): Set<number> | undefined {
  try {
    const list = readFileSync(`/proc/self/task/${process.pid}/children`, "utf8");
    return new Set(list.trim().split(" ").map(Number));
  } catch {
    return undefined;
  }
}

const isBlocked = (call: number): boolean => call % 2 === 1;

function send(signal: NodeJS.Signals, processes: readonly ProcessEntry[]): void {
  for (const { pid } of processes) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has ended by itself, or is somebody else's by now.
    }
  }
}
