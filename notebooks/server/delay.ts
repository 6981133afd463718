// How long the lessons' servers take to answer: on the clock of the running loop. On virtual time nobody waits for them, and
// their answers come at exactly the time that a lesson states.

import { type EventLoop, getRunningLoop } from "loopbook";

/** Calls `fn` after some seconds. Returns a function that calls it off. */
export function after(seconds: number, fn: () => void): () => void {
  const loop = runningLoop();
  if (loop) {
    const timer = loop.callLater(seconds, fn);
    return () => timer.cancel();
  }
  const timer = setTimeout(fn, seconds * 1000);
  return () => clearTimeout(timer);
}

/** None runs where somebody only asks the server, without a loop of their own. */
function runningLoop(): EventLoop | undefined {
  try {
    return getRunningLoop();
  } catch {
    return undefined;
  }
}
