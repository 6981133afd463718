// A connection for a kernel of our own: five free ports, and a fresh key.

import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:net";
import { CHANNELS, type Connection } from "../../kernel/protocol/connection-file.ts";

const HOST = "127.0.0.1";

/**
 * Ports that were given out lately, the oldest first. Between our letting go of a port and its kernel's taking it, the system
 * would give it out again: to the kernel of the next notebook, which then could not start.
 */
const given = new Set<number>();
const REMEMBERED = 1_000;

export async function createConnection(): Promise<Connection> {
  // All are held before any is released, or the system might hand out one port twice.
  const servers = await Promise.all(CHANNELS.map(holdFreePort));
  const ports = servers.map(portOf);
  for (const port of ports) given.add(port);
  for (const port of given) if (given.size > REMEMBERED) given.delete(port);
  await Promise.all(servers.map(release));
  const [shell_port, control_port, stdin_port, iopub_port, hb_port] = ports;
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

async function holdFreePort(): Promise<Server> {
  const server = await listen();
  if (!given.has(portOf(server))) return server;
  try {
    return await holdFreePort();
  } finally {
    // Held until now, or it would have come again.
    await release(server);
  }
}

function listen(): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, HOST, () => resolve(server));
  });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

function release(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
