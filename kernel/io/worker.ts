// The entry of the IO thread.

import { workerData } from "node:worker_threads";
import type { IoWorkerData } from "../channel/worker-data.ts";
import { createLog } from "../log.ts";
import { startIo } from "./start.ts";

// A fault in one message must not take the sockets with it.
const log = createLog();
process.on("uncaughtException", (error) => log.error("uncaught in the IO thread", error));
process.on("unhandledRejection", (error) => log.error("unhandled in the IO thread", error));

const data: IoWorkerData = workerData;
try {
  await startIo(data);
} catch (error) {
  log.error("the kernel cannot start", error);
  process.exit(1);
}
