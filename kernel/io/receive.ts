// Reading a socket until it closes, and sending without waiting.

import type { Router, XPublisher } from "zeromq";
import type { Log } from "./log.ts";

/** Calls `handle` with the frames of every message until the socket is closed. What `handle` throws is logged. */
export async function receiveAll(
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

/** Queues a message. The sockets have no high-water mark, so this never blocks; a closed socket takes nothing more. */
export function send(socket: Router | XPublisher, frames: (Uint8Array | string)[], log: Log): void {
  if (socket.closed) return;
  socket.send(frames).catch((error: unknown) => {
    if (!socket.closed) log.error("a message could not be sent", error);
  });
}

/** Echoes every ping. */
export const heartbeat = (socket: Router, log: Log): Promise<void> =>
  receiveAll(socket, (frames) => send(socket, frames, log), log);
