// The kernel's five ZeroMQ sockets.

import { Router, XPublisher } from "zeromq";
import { type Connection, endpoint } from "../protocol/connection-file.ts";

/** How long, in milliseconds, messages that have not left yet keep a closed socket alive. */
const LINGER = 2_000;

export interface Sockets {
  shell: Router;
  control: Router;
  stdin: Router;
  hb: Router;
  iopub: XPublisher;
}

/** Opens and binds all sockets. Rejects, with every socket closed, if one address cannot be bound. */
export async function openSockets(connection: Connection): Promise<Sockets> {
  // No high-water mark: a kernel neither drops messages nor lets one slow client stop the others.
  const options = {
    linger: LINGER,
    sendHighWaterMark: 0,
    receiveHighWaterMark: 0,
    ipv6: connection.ip.includes(":"),
  };
  // Handover: a client that comes back under its old identity gets its replies.
  const router = { ...options, handover: true };
  const sockets: Sockets = {
    shell: new Router(router),
    control: new Router(router),
    // Mandatory: a question whose client has not connected this channel yet is not dropped, but sent again.
    stdin: new Router({ ...router, mandatory: true }),
    // Not a REP: a client that dies between ping and pong cannot leave a ROUTER in the wrong state.
    hb: new Router(router),
    // Every subscription is told, or the second client would get no welcome.
    iopub: new XPublisher({ ...options, verbosity: "allSubs" }),
  };
  try {
    await Promise.all([
      sockets.shell.bind(endpoint(connection, "shell")),
      sockets.control.bind(endpoint(connection, "control")),
      sockets.stdin.bind(endpoint(connection, "stdin")),
      sockets.iopub.bind(endpoint(connection, "iopub")),
      sockets.hb.bind(endpoint(connection, "hb")),
    ]);
  } catch (error) {
    closeSockets(sockets);
    throw error;
  }
  return sockets;
}

/** Closes every socket. What was sent still leaves, for as long as sockets linger. */
export function closeSockets(sockets: Sockets): void {
  for (const socket of Object.values(sockets)) socket.close();
}
