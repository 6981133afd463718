// Reading a socket until it closes.

import type { Router, XPublisher } from "zeromq";
import type { Log } from "../log.ts";
import type { Outbox } from "./outbox.ts";

/** Calls `handle` with the frames of every message until the socket is closed. What `handle` throws is logged. */
export async function readSocket(
  socket: Router | XPublisher,
  handle: (frames: Buffer[]) => void,
  log: Log,
): Promise<void> {
  while (!socket.closed) {
    let frames: Buffer[];
    try {
      frames = await socket.receive();
    } catch (error) {
      if (!socket.closed) log.error("a socket could not be read", error);
      return;
    }
    try {
      handle(frames);
    } catch (error) {
      log.error("a message could not be handled", error);
    }
  }
}

/** Echoes every ping. */
export const heartbeat = (socket: Router, outbox: Outbox, log: Log): Promise<void> =>
  readSocket(socket, (frames) => outbox.push(frames), log);
