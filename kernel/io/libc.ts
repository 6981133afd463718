// The few functions of the C library that Node has no names for, through Node's own foreign function interface.

export interface Libc {
  /** A pipe, whose ends no program inherits that is not given them. Undefined where there are too many descriptors. */
  pipe(): { reading: number; writing: number } | undefined;
  /** Another descriptor of the same file, or below 0. */
  dup(descriptor: number): number;
  /** Makes `target` the same as `descriptor`, at once for all threads. */
  dup2(descriptor: number, target: number): void;
  close(descriptor: number): void;
  /** Those of the descriptors that can be read without waiting. */
  readable(descriptors: readonly number[]): number[];
}

const FUNCTIONS = {
  close: { arguments: ["i32"], return: "i32" },
  dup: { arguments: ["i32"], return: "i32" },
  dup2: { arguments: ["i32", "i32"], return: "i32" },
  poll: { arguments: ["buffer", "u64", "i32"], return: "i32" },
} as const;
const ON_LINUX = { pipe2: { arguments: ["buffer", "i32"], return: "i32" } } as const;
/** What a program inherits there is only what it is given. */
const ON_MACS = { pipe: { arguments: ["buffer"], return: "i32" } } as const;

const CLOSE_ON_EXEC = 0o2_000_000;
const POLLIN = 1;
/** `struct pollfd`: a descriptor, what is asked, what is answered. */
const POLL_BYTES = 8;

/** Opens the library, or gives undefined where Node or the system has no such thing. */
export function openLibc(): Libc | undefined {
  const { emitWarning } = process;
  try {
    // Node says of the interface that it may change. That is ours to deal with, not the user's.
    process.emitWarning = () => {};
    return process.platform === "linux" || process.platform === "darwin" ? open() : undefined;
  } catch {
    return undefined;
  } finally {
    process.emitWarning = emitWarning;
  }
}

function open(): Libc {
  const { dlopen } = process.getBuiltinModule("node:ffi");
  const { close, dup, dup2, poll } = dlopen(null, FUNCTIONS).functions;
  let fill: (pair: Buffer) => number;
  if (process.platform === "linux") {
    const { pipe2 } = dlopen(null, ON_LINUX).functions;
    fill = (pair) => pipe2(pair, CLOSE_ON_EXEC);
  } else fill = dlopen(null, ON_MACS).functions.pipe;
  return {
    close,
    dup,
    dup2,
    pipe: () => {
      const pair = Buffer.alloc(8);
      return fill(pair) === 0 ? { reading: pair.readInt32LE(0), writing: pair.readInt32LE(4) } : undefined;
    },
    readable: (descriptors) => {
      const questions = Buffer.alloc(POLL_BYTES * descriptors.length);
      for (const [index, descriptor] of descriptors.entries()) {
        questions.writeInt32LE(descriptor, POLL_BYTES * index);
        questions.writeInt16LE(POLLIN, POLL_BYTES * index + 4);
      }
      if (poll(questions, BigInt(descriptors.length), 0) <= 0) return [];
      return descriptors.filter((_, index) => questions.readInt16LE(POLL_BYTES * index + 6) !== 0);
    },
  };
}
