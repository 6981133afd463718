// usage_request: how much of the machine the kernel takes, with what its cells have started, in the fields of ipykernel's answer.

import { existsSync, readFileSync } from "node:fs";
import { availableParallelism, cpus, freemem, hostname, totalmem } from "node:os";
import { descendants, processTable } from "./process-table.ts";

/** Ticks of the system's clock in a second: the same on all of Linux. */
const TICKS = 100;
const KILOBYTE = 1_024;

/** Processor time, in seconds: of each process of the kernel, and of the machine, busy and in all. */
interface Times {
  at: number;
  processes: Map<number, number>;
  busy: number;
  all: number;
}

/** What was found when it was asked last: percentages are of the time between. */
let last: Times | undefined;

/** The content of a usage_reply. Memory is in bytes; processor time in percent of one processor, of the machine's in percent of all. */
export async function usage(): Promise<object> {
  const pids = [process.pid, ...descendants(process.pid, await processTable()).map(({ pid }) => pid)];
  const before = last;
  const now = measure(pids);
  last = now;
  const host = before && now.all > before.all ? (100 * (now.busy - before.busy)) / (now.all - before.all) : 0;
  return {
    status: "ok",
    hostname: hostname(),
    pid: process.pid,
    kernel_cpu: before ? rounded(percentOfProcesses(before, now)) : 0,
    kernel_memory: pids.reduce((sum, pid) => sum + memoryOf(pid), 0),
    // The first time there is nothing to compare with.
    ...(host > 0 && { host_cpu_percent: rounded(host) }),
    cpu_count: availableParallelism(),
    host_virtual_memory: hostMemory(),
  };
}

function measure(pids: readonly number[]): Times {
  const times = cpus().map(({ times }) => times);
  const all = times.reduce((sum, { user, nice, sys, idle, irq }) => sum + user + nice + sys + idle + irq, 0);
  const idle = times.reduce((sum, time) => sum + time.idle, 0);
  const processes = new Map(pids.map((pid) => [pid, processorTime(pid)]));
  return { at: performance.now() / 1_000, processes, busy: all - idle, all };
}

function percentOfProcesses(before: Times, now: Times): number {
  let spent = 0;
  for (const [pid, time] of now.processes) spent += Math.max(0, time - (before.processes.get(pid) ?? 0));
  return (100 * spent) / Math.max(now.at - before.at, 1e-3);
}

/** In seconds. Only Linux tells of other processes. */
function processorTime(pid: number): number {
  if (pid === process.pid) {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  }
  const stat = read(`/proc/${pid}/stat`);
  const [user, system] = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .slice(11, 13);
  return (Number(user ?? 0) + Number(system ?? 0)) / TICKS;
}

/** In bytes: each process's share of what it has in common with others, where that is known. */
function memoryOf(pid: number): number {
  const share = /^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1];
  if (share !== undefined) return Number(share) * KILOBYTE;
  return pid === process.pid ? process.memoryUsage.rss() : 0;
}

function hostMemory(): { [name: string]: number } {
  const [total, free] = [totalmem(), freemem()];
  const known = { total, available: free, percent: rounded((100 * (total - free)) / total), used: total - free, free };
  if (!existsSync("/proc/meminfo")) return known;
  const text = read("/proc/meminfo");
  const field = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(text)?.[1] ?? 0) * KILOBYTE;
  const available = field("MemAvailable");
  return {
    total,
    available,
    percent: rounded((100 * (total - available)) / total),
    used: total - available,
    free: field("MemFree"),
    active: field("Active"),
    inactive: field("Inactive"),
    buffers: field("Buffers"),
    cached: field("Cached") + field("SReclaimable"),
    shared: field("Shmem"),
    slab: field("Slab"),
  };
}

/** Nothing, where there is no such file (any more). */
function read(file: string): string {
  try {
    return readFileSync(file, "latin1");
  } catch {
    return "";
  }
}

const rounded = (percent: number): number => Math.round(percent * 10) / 10;
