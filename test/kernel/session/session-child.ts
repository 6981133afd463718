// A session in a process of its own, which speaks the messages of the two threads over Node's IPC channel.

import { MessageChannel } from "node:worker_threads";
import type { SessionEvent, SessionRequest } from "../../../kernel/channel/messages.ts";
import { createSignals, Interrupt, Signal } from "../../../kernel/channel/signals.ts";
import { createRingMemory, StreamRingReader, StreamRingWriter } from "../../../kernel/channel/stream-ring.ts";
import { grip, startSession } from "../../../kernel/session/start.ts";

const root = new URL("../../../", import.meta.url);
const ring = createRingMemory();
const reader = new StreamRingReader(ring);
const signals = createSignals();
const input = new MessageChannel();
let answer = "";

function post(event: SessionEvent): void {
  for (const record of reader.read()) process.send?.({ type: "text", ...record });
  if (event.type === "stream") setImmediate(() => post({ type: "ready" }));
  reader.sleep();
  if (event.type === "exit") Atomics.store(signals, Signal.exit, 1);
  process.send?.(event);
  if (event.type !== "input_request") return;
  input.port2.postMessage({ type: "input_reply", question: event.question, value: answer });
  Atomics.store(signals, Signal.input, 1);
}

let ownGrip: ((on: boolean) => void) | undefined;
const session = startSession({
  writer: new StreamRingWriter(ring, () => post({ type: "stream" })),
  post,
  signals,
  inputPort: input.port1,
  runtime: new URL("runtime/", root),
  extension: ".ts",
  kernelDirectory: new URL("kernel/", root).href,
  modules: {
    "loopbook/display": new URL("kernel/display/index.ts", root).href,
    tslab: new URL("kernel/peers/tslab.ts", root).href,
  },
  keepAlive: (on) => ownGrip?.(on),
});
// The test that started it has been ended by force.
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
process.on("message", (request: SessionRequest | { type: "answer"; answer: string }) => {
  ownGrip ??= grip();
  if (request.type === "answer") answer = request.answer;
  else {
    // What the IO thread does before it sends the message.
    if (request.type === "interrupt") {
      Atomics.store(signals, Signal.interruptState, Interrupt.pending);
      Atomics.store(signals, Signal.interrupt, 1);
    }
    session.handle(request);
  }
});
