// Several notebooks on a command line: some at once, each with its progress, until they are done or the user stops them.

import { availableParallelism } from "node:os";
import type { ClockName } from "./check/stated-time.ts";
import { runPool } from "./pool.ts";
import { createBoard, type Progress } from "./progress.ts";

/** The exit code after a user has stopped the run. */
export const STOPPED = 130;

export interface RunAllOptions {
  clock: ClockName;
  /** How many notebooks run at once. Default: one; on the virtual clock, four a core. */
  jobs?: number | undefined;
}

/**
 * Runs each of `items` by `run`, tells what came of it as soon as it has, and returns all results in the items' order;
 * undefined if the user stopped it.
 */
export async function runAll<Item, Result>(
  items: readonly Item[],
  { clock, jobs = defaultJobs(clock) }: RunAllOptions,
  run: (item: Item, progress: Progress, stop: AbortSignal) => Promise<Result>,
  tell: (result: Result) => void,
): Promise<Result[] | undefined> {
  const stop = stopOnSignals();
  const board = createBoard(process.stderr);
  const runs = items.map((item) => async () => {
    const result = await run(item, board.progress(), stop);
    if (!stop.aborted) board.print(() => tell(result));
    return result;
  });
  const results = await runPool(jobs, runs);
  return stop.aborted ? undefined : results;
}

/**
 * Notebooks that run at once disturb each other's real times, and no virtual one. Even on that they wait more than they
 * compute: for kernels that start, for threads, for scripts.
 */
const defaultJobs = (clock: ClockName): number => (clock === "virtual" ? 4 * availableParallelism() : 1);

/** The clock of a command line, which may leave it to the environment. */
export const clockOf = (clock: ClockName | undefined): ClockName =>
  clock ?? (process.env.LOOPBOOK_CLOCK === "virtual" ? "virtual" : "real");

/** A user who stops the run stops its kernels too. */
function stopOnSignals(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => controller.abort());
  return controller.signal;
}
