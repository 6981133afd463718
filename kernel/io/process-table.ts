// The processes of this machine: who started whom, and in which group.

import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { text } from "node:stream/consumers";

export interface ProcessEntry {
  pid: number;
  parent: number;
  /** Signals of a terminal go to a whole group. */
  group: number;
  /** Later processes have larger numbers. */
  started: number;
}

/** All processes; none on Windows, which keeps no such order of them. */
export async function processTable(): Promise<ProcessEntry[]> {
  if (existsSync("/proc/self/stat")) return readdirSync("/proc").flatMap(fromProc);
  return process.platform === "win32" ? [] : await fromPs();
}

/** What `pid` has started, and what that has started in turn. */
export function descendants(pid: number, table: readonly ProcessEntry[]): ProcessEntry[] {
  const found = table.filter(({ parent }) => parent === pid);
  // The list grows while it is gone through.
  for (const { pid: next } of found) found.push(...table.filter(({ parent }) => parent === next));
  return found;
}

/** Linux: the fields behind the name, which is in parentheses and may hold anything. */
function fromProc(name: string): ProcessEntry[] {
  if (!/^\d+$/.test(name)) return [];
  try {
    const stat = readFileSync(`/proc/${name}/stat`, "latin1");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state, parent, group] = fields;
    // A zombie has ended already.
    if (state === "Z") return [];
    return [{ pid: Number(name), parent: Number(parent), group: Number(group), started: Number(fields[19]) }];
  } catch {
    return []; // it has ended meanwhile
  }
}

/** macOS and others: by `ps`, which is a process of ours itself. */
async function fromPs(): Promise<ProcessEntry[]> {
  const ps = spawn("ps", ["-A", "-o", "pid=,ppid=,pgid=,stat="], { stdio: ["ignore", "pipe", "ignore"] });
  ps.on("error", () => {}); // then its output is empty
  return (await text(ps.stdout)).split("\n").flatMap((line) => {
    const [pid = 0, parent = 0, group = 0] = line.trim().split(/\s+/, 3).map(Number);
    const isProcess = pid > 0 && pid !== ps.pid && !/\sZ\S*$/.test(line);
    return isProcess ? [{ pid, parent, group, started: pid }] : [];
  });
}
