export type { Clock } from "./clock.ts";
export { VirtualClock } from "./virtual-clock.ts";
