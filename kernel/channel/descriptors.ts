// Memory through which the IO thread tells of descriptors that it has opened: of the pipes that take what programs print.

/** Index of each word in the `Int32Array` of `createDescriptorMemory`. */
export const Descriptor = {
  /** Where the kernel itself complains. 0: standard error, as it was when the process began. */
  log: 0,
  /** 1 once the IO thread has answered the session, which waits for it. The session sets it to 0. */
  answered: 1,
  /** The writing ends of two pipes, for a program that the session is about to start. Not above 0: there are none. */
  stdout: 2,
  stderr: 3,
} as const;

export const createDescriptorMemory = (): Int32Array<SharedArrayBuffer> => new Int32Array(new SharedArrayBuffer(4 * 4));
