// A test that traces on a virtual clock should not see time pass while this is loaded.
void import("./observe/recorder.ts");

export type { Clock } from "./core/roles.ts";
export { VirtualClock } from "./time/virtual-clock.ts";
