import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { createSignals, Interrupt, Signal } from "../../../kernel/channel/signals.ts";
import type { StopAnswer } from "../../../kernel/channel/stop.ts";
import { Interrupter } from "../../../kernel/io/interrupt.ts";
import { createLog } from "../../../kernel/log.ts";
import { until } from "../../until.ts";

/** An interrupter whose session answers `answers`, one after the other, when it is told to stop what runs. */
function interrupter(...answers: (StopAnswer | "no room" | Error)[]) {
  const signals = createSignals();
  const take = () => Atomics.store(signals, Signal.interruptState, Interrupt.none);
  const sent: string[] = [];
  const ports = {
    signals,
    working: () => 7,
    toSession: ({ type, ...rest }: { type: string }) => sent.push(`session ${type} ${JSON.stringify(rest)}`),
    interruptInput: () => sent.push("input interrupt"),
    stop: async (attempt: number) => {
      sent.push(`stop ${attempt}`);
      const answer = answers[attempt - 1] ?? "taken";
      if (attempt >= answers.length) take();
      if (answer instanceof Error) throw answer;
      return answer;
    },
    interruptBlockingChild: () => () => {},
    terminateExecution: async () => {
      sent.push(`terminate, stopped ${signals[Signal.stopped]}`);
    },
  };
  return { signals, take, sent, it: new Interrupter(ports, createLog("off")) };
}
const ASKED = ['session interrupt {"working":7}', "input interrupt"];

test("an interrupt is told to the session and to a question that waits, and signalled", () => {
  const { signals, sent, it } = interrupter("stopped");
  it.interrupt();
  expect(sent).toEqual(ASKED);
  expect([...signals]).toEqual([1, Interrupt.pending, 0, 0, 0, 0]);
});

test("an interrupt that the session takes stops nothing", async () => {
  const { take, sent, it } = interrupter();
  it.interrupt();
  take();
  await sleep(30);
  expect(sent).toEqual(ASKED);
});

test("an interrupt that nobody takes has the user's code stopped, until somebody takes it", async () => {
  const { signals, sent, it } = interrupter("later", "stopped", "stopped");
  it.interrupt();
  await until(() => signals[Signal.interruptState] === Interrupt.none);
  await sleep(30);
  expect(sent.slice(2)).toEqual(["stop 1", "stop 2", "stop 3"]);
});

test("a second interrupt adds nothing while the first is under way", () => {
  const { sent, it } = interrupter("stopped");
  it.interrupt();
  it.interrupt();
  expect(sent).toEqual(ASKED);
});

test("an interrupt that cannot be brought to the session does not keep the next one from being tried", async () => {
  const { signals, sent, it } = interrupter(new Error("no inspector"), "stopped");
  it.interrupt();
  await until(() => signals[Signal.interruptState] === Interrupt.none);
  expect([...signals]).toEqual([0, Interrupt.none, 0, 0, 0, 0]);
  it.interrupt();
  expect(sent).toEqual([...ASKED, "stop 1", ...ASKED]);
});

test("where there is no room for the question, whatever runs is stopped", async () => {
  const { signals, sent, it } = interrupter("no room", "taken");
  it.interrupt();
  await until(() => signals[Signal.interruptState] === Interrupt.none);
  expect(sent.slice(2)).toEqual(["stop 1", "terminate, stopped 1", "stop 2"]);
});
