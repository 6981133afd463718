import fc from "fast-check";
import { CancelledError, createTask, gather, run, sleep, type Task, waitFor } from "../../runtime/index.ts";
import { VirtualClock } from "../../runtime/testing.ts";

/** How a task lets time pass: some turns of the loop, or some seconds. Small numbers, so that much coincides. */
export type Pause = { turns: number } | { seconds: number };

export const pause: fc.Arbitrary<Pause> = fc.oneof(
  fc.record({ turns: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ seconds: fc.integer({ min: 1, max: 3 }) }),
);

export async function pass(time: Pause): Promise<void> {
  if ("seconds" in time) await sleep(time.seconds);
  else for (let i = 0; i < time.turns; i++) await sleep(0);
}

/** When a task is cancelled, if at all. */
export const cancellation: fc.Arbitrary<Pause[] | null> = fc.option(fc.array(pause, { maxLength: 3 }), { freq: 2 });

/** Runs bodies as tasks, each cancelled as its schedule says, until all have ended. A hang is a TimeoutError. */
export async function runAll(bodies: { body: () => Promise<void>; cancelAfter: Pause[] | null }[]): Promise<Task[]> {
  const tasks = bodies.map(({ body }) => createTask(body) as Task);
  const cancels = bodies.map(({ cancelAfter }, i) => async () => {
    if (cancelAfter === null) return;
    for (const time of cancelAfter) await pass(time);
    tasks[i]?.cancel();
  });
  await waitFor(gather(...cancels, ...tasks, { returnExceptions: true }), 10_000);
  for (const task of tasks) if (!task.cancelled() && task.exception() !== null) throw task.exception();
  return tasks;
}

/** Lets a cancellation pass, and nothing else. */
export async function unlessCancelled(body: () => Promise<void>): Promise<void> {
  try {
    await body();
  } catch (error) {
    if (!(error instanceof CancelledError)) throw error;
  }
}

/** Checks a program for many schedules (`PROPERTY_RUNS`, or 400), each on a virtual clock of its own. */
export const holds = <T>(schedules: fc.Arbitrary<T>, program: (schedule: T) => Promise<void>): Promise<void> =>
  fc.assert(
    // Nothing outside of the loop is waited for, so time need not stand still for it.
    fc.asyncProperty(schedules, (schedule) => run(() => program(schedule), { clock: new VirtualClock({ grace: 0 }) })),
    { numRuns: Number(process.env.PROPERTY_RUNS ?? 400) },
  ) as Promise<void>;
