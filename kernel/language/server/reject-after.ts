// The patience with somebody who may never answer.

/** A promise that rejects after so many milliseconds, to race an answer with. It keeps no process alive. */
export const rejectAfter = (delay: number): Promise<never> =>
  new Promise((_, reject) => setTimeout(reject, delay, new Error(`no answer within ${delay} ms`)).unref());
