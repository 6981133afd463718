import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { createSignals, Interrupt, Signal } from "../../../kernel/channel/signals.ts";
import { Interrupter } from "../../../kernel/io/interrupt.ts";
import { createLog } from "../../../kernel/log.ts";

function interrupter() {
  const signals = createSignals();
  const sent: string[] = [];
  const ports = {
    signals,
    toSession: ({ type }: { type: string }) => sent.push(`session ${type}`),
    toInput: ({ type }: { type: string }) => sent.push(`input ${type}`),
    terminateExecution: async () => {
      sent.push(`terminate, state ${signals[Signal.interruptState]}`);
    },
  };
  return { signals, sent, it: new Interrupter(ports, createLog("off")) };
}

test("an interrupt is told to the session and to a question that waits, and signalled", () => {
  const { signals, sent, it } = interrupter();
  it.interrupt();
  expect(sent).toEqual(["session interrupt", "input interrupt"]);
  expect([...signals]).toEqual([1, Interrupt.pending, 0, 0]);
});

test("an interrupt that the session takes terminates nothing", async () => {
  const { signals, sent, it } = interrupter();
  it.interrupt();
  Atomics.compareExchange(signals, Signal.interruptState, Interrupt.pending, Interrupt.none);
  await sleep(30);
  expect(sent).toEqual(["session interrupt", "input interrupt"]);
});

test("an interrupt that nobody takes terminates what runs, and says so afterwards", async () => {
  const { signals, sent, it } = interrupter();
  it.interrupt();
  await sleep(30);
  expect(sent.slice(2)).toEqual([`terminate, state ${Interrupt.terminating}`, "session terminated"]);
  expect([...signals]).toEqual([0, Interrupt.none, 0, 0]);
});

test("a second interrupt adds nothing while the first is under way", () => {
  const { sent, it } = interrupter();
  it.interrupt();
  it.interrupt();
  expect(sent).toHaveLength(2);
});
