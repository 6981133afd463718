import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test, vi } from "vitest";
import { watchParent } from "../../../kernel/io/parent-watch.ts";

test("a kernel is told when the process that started it is gone, and not before", async () => {
  const parent = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  const gone = vi.fn();
  watchParent(gone, { JPY_PARENT_PID: String(parent.pid) });
  await new Promise((resolve) => setTimeout(resolve, 1200));
  expect(gone).not.toHaveBeenCalled();
  parent.kill("SIGKILL");
  await once(parent, "exit");
  await vi.waitFor(() => expect(gone).toHaveBeenCalledOnce(), { timeout: 3000 });
});
