import { inspect } from "node:util";
import { warn } from "../core/reports.ts";
import type { Loop } from "../core/roles.ts";
import { callStack, userPlace } from "../core/user-frames.ts";
import { CallbackHandle } from "../tasks/callback-handle.ts";
import { listen } from "./listen.ts";
import { type Run, RunWatch } from "./runs.ts";

/** Where the code that was slow is: the line of a blocking sleep, or the awaits between which it ran. */
function whereOf({ from, to, sleeps }: Run, sleptAt: string | undefined): string {
  if (sleeps.length > 0 && sleptAt !== undefined) return `, in blockingSleep at ${sleptAt}`;
  const began = from === null ? undefined : userPlace(from.where());
  const ended = to === null ? undefined : userPlace(to.where());
  if (began !== undefined && ended !== undefined) return `, between the awaits at ${began} and ${ended}`;
  if (began !== undefined) return `, after the await at ${began}`;
  return ended === undefined ? "" : `, before the await at ${ended}`;
}

/** Warns of code that holds a loop for longer than its `slowCallbackDuration`. */
export function watchSlowCallbacks(watched: ReadonlySet<Loop>): () => void {
  let longest = 0;
  let sleptAt: string | undefined;
  const runs = new RunWatch((run) => {
    const { loop, task, handle, start, end } = run;
    const place = sleptAt;
    sleptAt = undefined;
    longest = 0;
    if (!watched.has(loop) || end - start < loop.slowCallbackDuration) return;
    const resource = task !== null ? task.resource : handle instanceof CallbackHandle ? handle.resource : null;
    warn(resource, {
      category: "RuntimeWarning",
      message: `Executing ${inspect(task ?? handle)} took ${(end - start).toFixed(3)} seconds${whereOf(run, place)}`,
      stack: undefined,
    });
  });
  const stop = listen({
    blocked({ loop, start, end }) {
      if (!watched.has(loop) || end - start <= longest) return;
      longest = end - start;
      sleptAt = userPlace(callStack());
    },
  });
  return () => {
    runs.stop();
    stop();
  };
}
