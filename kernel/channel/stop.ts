// What the IO thread asks of the session's thread in the midst of whatever runs there, when an interrupt finds no ear. It is
// asked through V8's inspector, which evaluates between two steps of any loop.

/** The global function that is asked. Its argument says how many times it has been asked for the same interrupt. */
export const STOP = "__loopbook_stop";

export const STOP_ANSWERS = [
  /** Somebody has taken the interrupt. */
  "taken",
  /** What runs is not the user's, or nothing runs: ask again. */
  "later",
  /** The user's code runs, and V8 ends it now. */
  "stopped",
] as const;

export type StopAnswer = (typeof STOP_ANSWERS)[number];
