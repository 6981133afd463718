// A main thread for tests of what works while it spins: it evaluates cells as scripts, and its IO thread is the real one.

import { runInThisContext } from "node:vm";
import { MessageChannel, Worker } from "node:worker_threads";
import type { ExecuteReply, SessionEvent, SessionRequest } from "../../../kernel/channel/messages.ts";
import { createSignals, Signal } from "../../../kernel/channel/signals.ts";
import { createRingMemory, StreamRingWriter } from "../../../kernel/channel/stream-ring.ts";
import { Evaluator } from "../../../kernel/session/evaluator.ts";
import { Interrupts } from "../../../kernel/session/interrupt.ts";
import { Stopper } from "../../../kernel/session/stopper.ts";

const [connectionFile = ""] = process.argv.slice(2);
const requests = new MessageChannel();
const inputs = new MessageChannel();
const signals = createSignals();
const ring = createRingMemory();
new Worker(new URL("../../../kernel/io/worker.ts", import.meta.url), {
  workerData: { connectionFile, port: requests.port2, inputPort: inputs.port2, signals, ring },
  transferList: [requests.port2, inputs.port2],
});

const send = (event: SessionEvent): void => requests.port1.postMessage(event);
const writer = new StreamRingWriter(ring, () => send({ type: "stream" }));
Object.assign(globalThis, { print: (text: string) => writer.write(running, "stdout", text) });
let running = 0;

const evaluator = new Evaluator();
const interrupts = new Interrupts(signals);
const own = [import.meta.url, new URL("../../../kernel/", import.meta.url).href];
const stopper = new Stopper({ signals, own, terminate: () => evaluator.terminate() });
stopper.install();

const reply = (content: ExecuteReply): void =>
  send({ type: "reply", parent: running, content, seconds: 0, ringPosition: writer.written });

requests.port1.on("message", (request: SessionRequest) => {
  if (request.type === "execute") {
    running = request.parent;
    // A terminated script never comes back here.
    runInThisContext(request.code);
    reply({ status: "ok", execution_count: 1, user_expressions: {}, payload: [] });
  } else if (request.type === "interrupt") {
    interrupts.take();
    const ename = stopper.takeStopped() ? "Stopped" : "Acknowledged";
    reply({ status: "error", execution_count: 1, ename, evalue: "", traceback: [] });
  } else if (request.type === "shutdown") {
    send({ type: "exit", code: 0, ringPosition: writer.written });
    Atomics.wait(signals, Signal.exit, 0, 5_000);
    process.exit(0);
  }
});
