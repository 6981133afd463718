// A few words of shared memory: what must reach a thread that is busy or blocked.

/** Index of each word in the `Int32Array` of `createSignals`. */
export const Signal = {
  /** 0: none, 1: an interrupt waits for the session (also wakes a blocking sleep or prompt). */
  interrupt: 0,
  /** Whether an interrupt has been taken: see `Interrupt`. */
  interruptState: 1,
  /** 1 once the IO thread has sent everything and closed its sockets. */
  exit: 2,
  /** 1 when an `InputReply` lies on the input port (wakes a session that waits for the user). The session sets it to 0. */
  input: 3,
  /** 1 when V8 has been told to stop the user's code. The session sets it to 0 once it has put in order what that left. */
  stopped: 4,
  /** Counts up where the session begins to wait for a child process, blocked, and where it ends: odd while it waits. */
  blockingChild: 5,
} as const;

/** Values of `Signal.interruptState`: whoever in the session sets it from `pending` to `none` acts on the interrupt. */
export const Interrupt = {
  none: 0,
  /** The user has asked, and nobody has taken it yet. */
  pending: 1,
} as const;

export const createSignals = (): Int32Array<SharedArrayBuffer> => new Int32Array(new SharedArrayBuffer(4 * 6));
