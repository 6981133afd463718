// What tasks cost in memory: a million that sleep at the same time, and ten million one after another.
//
//   node --expose-gc bench/runtime-memory.ts                 both, each in a process of its own
//   node --expose-gc bench/runtime-memory.ts sleeping|finished
//
// Ends with code 1 where a bound is exceeded.

import { spawnSync } from "node:child_process";
import { coroutine, createTask, gather, run, sleep } from "../runtime/index.ts";

const MB = 2 ** 20;
const SLEEPING = 1_000_000;
/** Their resident memory, at most. */
const SLEEPING_LIMIT = 2 * 2 ** 30;
const FINISHED = 10_000_000;
/** How much larger the heap may be after the last million than after the first. */
const FLAT_LIMIT = 2 * MB;

const collect = globalThis.gc;
if (collect === undefined) throw new Error("run it as: node --expose-gc bench/runtime-memory.ts");

const say = (label: string, bytes: number): void => {
  console.log(`${label.padEnd(44)} ${(bytes / MB).toFixed(1).padStart(8)} MB`);
};

function check(ok: boolean, bound: string): void {
  console.log(`${ok ? "ok" : "TOO MUCH"}: ${bound}`);
  if (!ok) process.exitCode = 1;
}

/** Tasks with a body of their own, each suspended in a sleep: the dearest kind. */
async function sleeping(): Promise<void> {
  const nap = coroutine(async () => {
    await sleep(100_000);
  });
  const before = process.memoryUsage.rss();
  const started = performance.now();
  const tasks = Array.from({ length: SLEEPING }, () => createTask(nap()));
  await sleep(0);
  await sleep(0);
  const seconds = (performance.now() - started) / 1000;
  const peak = process.memoryUsage.rss();
  collect?.();
  const { rss, heapUsed } = process.memoryUsage();
  say("1,000,000 sleeping tasks: resident, at once", peak);
  say("  resident after a collection", rss);
  say("  heap", heapUsed);
  console.log(`  ${Math.round((peak - before) / SLEEPING)} bytes each, all asleep after ${seconds.toFixed(1)} s`);
  const stillAsleep = tasks.every((task) => !task.done());
  check(stillAsleep && peak < SLEEPING_LIMIT, "under 2 GB");
  process.exit();
}

async function finished(): Promise<void> {
  const work = coroutine(async (n: number) => {
    await sleep(0);
    return n;
  });
  const heaps: number[] = [];
  const started = performance.now();
  for (let million = 0; million < FINISHED / 1_000_000; million++) {
    for (let batch = 0; batch < 100; batch++) {
      await gather(...Array.from({ length: 10_000 }, (_, i) => createTask(work(i))));
    }
    await sleep(0.01);
    collect?.();
    heaps.push(process.memoryUsage().heapUsed);
    say(`heap after ${million + 1} million tasks`, heaps.at(-1) ?? 0);
  }
  const seconds = (performance.now() - started) / 1000;
  say("resident at the end", process.memoryUsage.rss());
  console.log(`  ${(FINISHED / seconds / 1e6).toFixed(2)} million tasks a second`);
  check((heaps.at(-1) ?? 0) - (heaps[0] ?? 0) < FLAT_LIMIT, "the heap stays flat");
}

const [mode] = process.argv.slice(2);
if (mode === "sleeping") await run(sleeping);
else if (mode === "finished") await run(finished);
else {
  for (const part of ["sleeping", "finished"]) {
    const { status } = spawnSync(process.execPath, ["--expose-gc", import.meta.filename, part], { stdio: "inherit" });
    if (status !== 0) process.exitCode = 1;
  }
}
