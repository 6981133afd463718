// SIGINT and SIGTERM, heard by this thread: the main one may be busy for good. Node brings signals to the main thread only; the
// event loops that it is made of can each listen, which takes Node's internals. They are exposed to this thread alone, in
// which no code of the user's runs (`IO_THREAD_OPTIONS`).

import { createRequire } from "node:module";
import { constants } from "node:os";
import type { Log } from "../log.ts";

/** A handle of the event loop, as Node's own `process.on` uses it. */
interface SignalHandle {
  onsignal: () => void;
  start(signal: number): number;
  unref(): void;
  close(): void;
}

export interface SignalHandlers {
  interrupt(): void;
  /** Called once. Afterwards the signal does again what it does to any process. */
  terminate(): void;
}

/** Where Node's internals are not to be had, as in tests, signals do what they do to any process. */
export function listenToSignals({ interrupt, terminate }: SignalHandlers, log: Log): void {
  const Handle = signalHandleClass();
  if (!Handle) {
    log.debug("signals are not listened to: Node's internals are not exposed");
    return;
  }
  const listen = (signal: number, handler: (handle: SignalHandle) => void): void => {
    const handle = new Handle();
    handle.onsignal = () => handler(handle);
    handle.unref();
    const failed = handle.start(signal);
    if (failed !== 0) log.warn(`signal ${signal} cannot be listened to (error ${failed})`);
  };
  listen(constants.signals.SIGINT, interrupt);
  listen(constants.signals.SIGTERM, (handle) => {
    handle.close();
    terminate();
  });
}

function signalHandleClass(): (new () => SignalHandle) | undefined {
  try {
    const exposed: unknown = createRequire(import.meta.url)("internal/test/binding");
    const internalBinding: unknown = Reflect.get(Object(exposed), "internalBinding");
    if (typeof internalBinding !== "function") return undefined;
    const handle: unknown = Reflect.get(Object(internalBinding("signal_wrap")), "Signal");
    return typeof handle === "function" ? (handle as new () => SignalHandle) : undefined;
  } catch {
    return undefined;
  }
}
