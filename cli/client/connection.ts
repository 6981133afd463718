// A connection for a kernel of our own: five free ports, and a fresh key.

import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:net";
import { CHANNELS, type Connection } from "../../kernel/protocol/connection-file.ts";

const HOST = "127.0.0.1";

export async function createConnection(): Promise<Connection> {
  // All are held before any is released, or the system might hand out one port twice.
  const servers = await Promise.all(CHANNELS.map(listen));
  const [shell_port, control_port, stdin_port, iopub_port, hb_port] = await Promise.all(servers.map(release));
  if (!shell_port || !control_port || !stdin_port || !iopub_port || !hb_port) throw new Error("No free ports");
  const key = randomUUID();
  return {
    transport: "tcp",
    ip: HOST,
    shell_port,
    control_port,
    stdin_port,
    iopub_port,
    hb_port,
    key,
    signature_scheme: "hmac-sha256",
  };
}

function listen(): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, HOST, () => resolve(server));
  });
}

function release(server: Server): Promise<number | undefined> {
  const address = server.address();
  return new Promise((resolve) => {
    server.close(() => resolve(typeof address === "object" ? address?.port : undefined));
  });
}
