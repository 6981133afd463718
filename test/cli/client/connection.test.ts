import { expect, test } from "vitest";
import { createConnection } from "../../../cli/client/connection.ts";

test("no port is given to two kernels that start one after the other, or at once", async () => {
  const connections = await Promise.all(Array.from({ length: 100 }, createConnection));
  for (let more = 0; more < 80; more++) connections.push(await createConnection());
  const ports = connections.flatMap(({ shell_port, control_port, stdin_port, iopub_port, hb_port }) => [
    shell_port,
    control_port,
    stdin_port,
    iopub_port,
    hb_port,
  ]);
  expect(new Set(ports).size).toBe(ports.length);
});
