import { channel } from "node:diagnostics_channel";

/** Channels of node:diagnostics_channel that follow tasks; nothing is made or published while nobody listens. */
export const taskCreated = channel("loopbook:task:created");
export const taskStarted = channel("loopbook:task:started");
/** An eager task has run until its first wait: the code that made it goes on. */
export const taskReturned = channel("loopbook:task:returned");
export const taskSuspended = channel("loopbook:task:suspended");
export const taskResumed = channel("loopbook:task:resumed");
export const taskDone = channel("loopbook:task:done");
/** A cancel found nothing that the task waits for: it is delivered at its next await. */
export const cancelDeferred = channel("loopbook:task:cancel-deferred");
/** The loop is about to run a handle. */
export const loopTurn = channel("loopbook:loop:turn");
/** A `blockingSleep` is over. */
export const threadBlocked = channel("loopbook:thread:blocked");
export const lockAcquired = channel("loopbook:lock:acquired");
export const lockReleased = channel("loopbook:lock:released");
