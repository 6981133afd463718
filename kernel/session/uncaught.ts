// What nobody catches is shown in the cell that it came from, and kills nothing, whatever listeners user code adds or removes.

/**
 * Hands exceptions and rejections that nobody handles to `show`. Listeners that user code has added handle what they listen
 * for, as in Node.
 */
export function installUncaught(show: (error: unknown) => void): void {
  // No listener, which `removeAllListeners` would take away.
  process.addUncaughtExceptionCaptureCallback((error) => {
    try {
      if (!process.emit("uncaughtException", error, "uncaughtException")) show(error);
    } catch (failure) {
      // Node would end the process when a listener throws.
      show(failure);
    }
    return true;
  });
  // Where this is taken away, a rejection comes as an exception.
  process.on("unhandledRejection", (reason) => {
    if (process.listenerCount("unhandledRejection") === 1) show(reason);
  });
}
