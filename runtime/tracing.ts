import { channel } from "node:diagnostics_channel";

/** Channels of node:diagnostics_channel that follow tasks; nothing is made or published while nobody listens. */
export const taskCreated = channel("loopbook:task:created");
export const taskStarted = channel("loopbook:task:started");
export const taskSuspended = channel("loopbook:task:suspended");
export const taskResumed = channel("loopbook:task:resumed");
export const taskDone = channel("loopbook:task:done");
