// Interrupts that come just as a cell ends, or just before the next one begins.

import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { KernelUnderTest } from "./kernel-process.ts";

const CELLS = 2_500;
/** The latest moment of an interrupt after its cell was sent, in milliseconds. */
const LATEST = 4;

test("2,500 short cells, each with an interrupt at a random moment, are all answered, and the next cell works", async () => {
  await using kernel = await KernelUnderTest.start({ LOOPBOOK_TYPES: "off" });
  const statuses = new Set<unknown>();
  for (let i = 0; i < CELLS; i++) {
    const ran = kernel.run("await null");
    await sleep(Math.random() * LATEST);
    await kernel.client.ask("interrupt_request", {}, "control");
    const { reply } = await ran;
    statuses.add(reply.ename ?? reply.status);
  }
  expect([...statuses, "KeyboardInterrupt"].sort()).toEqual(expect.arrayContaining(["KeyboardInterrupt", "ok"]));
  const { reply } = await kernel.run("6 * 7");
  expect(reply.status).toBe("ok");
}, 120_000);
