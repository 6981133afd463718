// What becomes of one execution: it ends, fails, takes too long, or takes the kernel with it.

import { setTimeout as delay } from "node:timers/promises";
import type { Executed, Execution, KernelClient } from "../client/kernel-client.ts";
import type { ExecuteReply } from "../client/published.ts";
import type { FailureCause } from "./failures.ts";

/** Seconds that an interrupted cell may take to stop before its kernel is ended. */
const INTERRUPT_LIMIT = 10;

/** Waits for the end of an execution, at most `timeout` seconds. Returns why it failed, if it did. */
export async function outcome(
  client: KernelClient,
  { done }: Execution,
  timeout: number | undefined,
  onExecuted: (executed: Executed) => void,
): Promise<FailureCause | undefined> {
  const timer = new AbortController();
  const late = timeout === undefined ? new Promise<never>(() => {}) : delay(timeout * 1000, "late" as const, timer);
  // Cancelled below; its rejection has no reader then.
  late.catch(() => {});
  try {
    const first = await Promise.race([done, late]);
    if (first === "late") return await interrupted(client, done, timeout ?? 0);
    onExecuted(first);
    return failureOf(first.reply);
  } catch (error) {
    return unbearable(error instanceof Error ? error.message : String(error));
  } finally {
    timer.abort();
  }
}

async function interrupted(client: KernelClient, done: Execution["done"], timeout: number): Promise<FailureCause> {
  const text = `The cell took longer than ${timeout} s (--timeout) and was interrupted.`;
  const limit = new AbortController();
  const stopped = client
    .interrupt()
    .then(() => done)
    .then(() => true);
  const stuck = delay(INTERRUPT_LIMIT * 1000, false, limit).catch(() => false);
  if (await Promise.race([stopped, stuck])) {
    limit.abort();
    return unbearable(text);
  }
  client.kill();
  return unbearable(`${text} It did not stop, so its kernel was ended.`);
}

function failureOf(reply: ExecuteReply): FailureCause | undefined {
  switch (reply.status) {
    case "ok":
      return undefined;
    case "aborted":
      return unbearable("The kernel did not run the cell (aborted).");
    case "error": {
      const summary = `${reply.ename}: ${reply.evalue}`;
      return { summary, text: reply.traceback.join("\n") || summary, bearable: reply.ename !== "SystemExit" };
    }
  }
}

const unbearable = (text: string): FailureCause => ({ summary: text, text, bearable: false });
