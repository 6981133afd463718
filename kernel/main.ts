// The kernel's process: the IO thread is started first, because the front end waits for it; this thread is the user's.

import { writeSync } from "node:fs";
import { parseArgs } from "node:util";
import { MessageChannel, Worker } from "node:worker_threads";
import { createDescriptorMemory, Descriptor } from "./channel/descriptors.ts";
import type { SessionEvent, SessionRequest } from "./channel/messages.ts";
import { createSignals, Signal } from "./channel/signals.ts";
import { createRingMemory, StreamRingWriter } from "./channel/stream-ring.ts";
import type { IoWorkerData } from "./channel/worker-data.ts";

/** What the IO thread needs to hear signals. No code of the user's runs in it. */
const IO_THREAD_OPTIONS = ["--expose-internals", "--disable-warning=internal/test/binding"];
const USAGE = `usage: main.js [--no-install] CONNECTION_FILE
  --no-install  install no packages that cells import as npm:<name>
Jupyter starts this program itself; \`loopbook install\` tells Jupyter of it.
`;

const { connectionFile, noInstall } = readCommandLine();

const exit = process.exit.bind(process); // cells see another one
const fromSource = import.meta.url.endsWith(".ts");
const requests = new MessageChannel();
const inputs = new MessageChannel();
const signals = createSignals();
const ring = createRingMemory();
const descriptors = createDescriptorMemory();
const workerData: IoWorkerData = {
  connectionFile,
  port: requests.port2,
  inputPort: inputs.port2,
  signals,
  ring,
  descriptors,
};
const io = new Worker(new URL(fromSource ? "./io/worker.ts" : "./io.js", import.meta.url), {
  workerData,
  transferList: [requests.port2, inputs.port2],
  // Its own log goes to the terminal, not to a cell.
  stderr: true,
  execArgv: IO_THREAD_OPTIONS,
  name: "loopbook-io",
});
io.stderr.setEncoding("utf8").on("data", complain);
io.on("error", (error) => {
  complain(`loopbook: the IO thread failed: ${error instanceof Error ? error.message : String(error)}\n`);
  exit(1);
});

io.on("exit", (code) => {
  if (Atomics.load(signals, Signal.exit) === 0) exit(code); // it has said why
});

// Loaded while the other thread binds its sockets.
const { grip, startSession } = await import("./session/start.ts");
// A course can be checked in no time, with exact figures: `loopbook run --clock virtual`.
const isVirtual = process.env.LOOPBOOK_CLOCK === "virtual";
const clock = isVirtual ? new (await import("../runtime/testing.ts")).VirtualClock() : undefined;
const { port1: port } = requests;
/** Of what is open before any cell has run. */
let ownGrip: ((on: boolean) => void) | undefined;
const post = (event: SessionEvent): void => port.postMessage(event);
const session = startSession({
  writer: new StreamRingWriter(ring, () => post({ type: "stream" })),
  post,
  signals,
  inputPort: inputs.port1,
  descriptors,
  clock,
  installForbiddenBy: noInstall ? "--no-install" : undefined,
  runtime: new URL("../runtime/", import.meta.url),
  extension: fromSource ? ".ts" : ".js",
  kernelDirectory: new URL(".", import.meta.url).href,
  modules: {
    "loopbook/display": new URL(fromSource ? "display/index.ts" : "display.js", import.meta.url).href,
    tslab: new URL(fromSource ? "peers/tslab.ts" : "tslab.js", import.meta.url).href,
  },
  keepAlive: (on) => ownGrip?.(on),
});
port.on("message", (request: SessionRequest) => {
  ownGrip ??= grip(io);
  session.handle(request);
});
post({ type: "ready" });

/** Says something where the kernel was started from: descriptor 2 is a pipe by then, whose text is shown in cells. */
function complain(text: string): void {
  writeSync(Atomics.load(descriptors, Descriptor.log) || 2, text);
}

function readCommandLine(): { connectionFile: string; noInstall: boolean } {
  // Clients append words of their own to a kernel's command: what is not known is not ours.
  const { values, positionals } = parseArgs({
    strict: false,
    allowPositionals: true,
    options: { "no-install": { type: "boolean" } },
  });
  const [file] = positionals;
  if (file !== undefined) return { connectionFile: file, noInstall: values["no-install"] === true };
  process.stderr.write(USAGE);
  process.exit(2);
}
