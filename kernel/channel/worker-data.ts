// What the main thread hands to the IO thread when it starts it.

import type { MessagePort } from "node:worker_threads";

export interface IoWorkerData {
  /** Path of Jupyter's connection file. */
  connectionFile: string;
  /** `SessionEvent` in, `SessionRequest` out. */
  port: MessagePort;
  /** `InputReply` out: read synchronously by a session that waits for the user. */
  inputPort: MessagePort;
  signals: Int32Array;
  ring: SharedArrayBuffer;
  /** See `Descriptor`. Without it, the process's descriptors stay as they are. */
  descriptors?: Int32Array;
}
