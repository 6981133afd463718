// A few words of shared memory: what must reach a thread that is busy or blocked.

/** Index of each word in the `Int32Array` of `createSignals`. */
export const Signal = {
  /** 0: none, 1: an interrupt waits for the session (also wakes a blocking sleep or prompt). */
  interrupt: 0,
  /** Who deals with the interrupt: see `Interrupt`. */
  interruptState: 1,
  /** 1 once the IO thread has sent everything and closed its sockets. */
  exit: 2,
  /** 1 when an `InputReply` lies on the input port (wakes a session that waits for the user). The session sets it to 0. */
  input: 3,
} as const;

/** Values of `Signal.interruptState`: the session and the IO thread agree by compare-and-exchange who handles an interrupt. */
export const Interrupt = {
  none: 0,
  /** Asked; the session may still take it. */
  pending: 1,
  /** The IO thread terminates the running JavaScript; the session must not run kernel code until it has happened. */
  terminating: 2,
} as const;

export const createSignals = (): Int32Array<SharedArrayBuffer> => new Int32Array(new SharedArrayBuffer(4 * 4));
