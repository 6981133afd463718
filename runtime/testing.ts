// A test that traces on a virtual clock should not see time pass while this is loaded.
void import("./timeline-recorder.ts");

export type { Clock } from "./clock.ts";
export { VirtualClock } from "./virtual-clock.ts";
