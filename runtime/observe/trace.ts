import { RuntimeError } from "../core/errors.ts";
import type { Clock } from "../core/roles.ts";
import { findRunningLoop } from "../core/running.ts";
import { run } from "../loop/run.ts";
import { checkpoint } from "../tasks/checkpoint.ts";
import { Coroutine } from "../tasks/coroutine.ts";
import { createTask } from "../tasks/create-task.ts";
import type { AwaitableLike } from "../tasks/task.ts";
import type { Timeline } from "./timeline.ts";

export interface TraceOptions {
  /** Where time comes from, outside of a running loop: `new VirtualClock()` makes every number exact. */
  clock?: Clock;
}

export interface Traced<T> {
  result: T;
  timeline: Timeline;
}

const timelines = new WeakMap<object, Timeline>();

/**
 * The timeline of a trace that failed with this error.
 *
 * @example
 * try {
 *   await trace(main);
 * } catch (error) {
 *   console.log(timelineOf(error));
 * }
 */
export function timelineOf(error: unknown): Timeline | undefined {
  return typeof error === "object" && error !== null ? timelines.get(error) : undefined;
}

async function traced<T>(source: AwaitableLike<T>): Promise<Traced<Awaited<T>>> {
  // Loaded when it is needed: a program that traces nothing does not pay for it.
  const { TimelineRecorder } = await checkpoint(import("./recorder.ts"));
  const recorder = new TimelineRecorder();
  const named = typeof source === "function" || source instanceof Coroutine ? source.name : "";
  try {
    const result = await recorder.root(() => createTask(source, { name: named || "main" }));
    return { result, timeline: recorder.finish() };
  } catch (error) {
    if (typeof error === "object" && error !== null) timelines.set(error, recorder.finish());
    throw error;
  } finally {
    recorder.stop();
  }
}

/**
 * Runs a function (or coroutine) as a task and records what it and all tasks that come from it do: in the running loop,
 * or, where there is none, in a loop of its own. Tasks that are not done when it ends are recorded up to then.
 *
 * @throws what the function throws; `timelineOf(error)` is the timeline until then. RuntimeError for a `clock` inside a
 * running loop, which has one already.
 * @example
 * const { result, timeline } = await trace(() => gather(sleep(1, "a"), sleep(2, "b")));
 * timeline.speedup; // 1.5
 */
export function trace<T>(source: AwaitableLike<T>, { clock }: TraceOptions = {}): Promise<Traced<Awaited<T>>> {
  const main = new Coroutine<Traced<Awaited<T>>>("trace", traced<T>, [source]);
  if (findRunningLoop() === null) return run(main, clock === undefined ? {} : { clock });
  if (clock === undefined) return main;
  main.close();
  throw new RuntimeError(
    "trace() cannot change the clock of a running event loop: leave `clock` out, or trace in a script",
  );
}
