// The chat room of the lessons: a WebSocket server that passes each message on to everybody else in the room. It speaks as
// much of RFC 6455 as short texts need: no extensions, no fragments, no messages over 64 KiB.

import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";

const TEXT = 1;
const CLOSE = 8;
const PING = 9;
const PONG = 10;
/** The length of a message whose length is written elsewhere, in eight bytes. */
const TOO_LONG = 127;

interface Frame {
  kind: number;
  payload: Buffer;
}

/** Starts the server and returns its address, `ws://…`. Neither it nor its connections keep the process alive. */
export async function startChat(): Promise<string> {
  const room = new Set<Duplex>();
  const server = createServer((_request, response) => response.writeHead(426).end());
  server.on("connection", (socket) => socket.unref());
  server.on("upgrade", (request, socket: Duplex) => {
    const key = request.headers["sec-websocket-key"];
    const accept = createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    room.add(socket);
    socket.on("close", () => room.delete(socket));
    socket.on("error", () => socket.destroy());
    receive(socket, ({ kind, payload }) => {
      if (kind === TEXT) for (const other of room) if (other !== socket) other.write(encode({ kind, payload }));
      if (kind === PING) socket.write(encode({ kind: PONG, payload }));
      if (kind === CLOSE) socket.end(encode({ kind, payload }));
    });
  });
  server.listen(0, "127.0.0.1").unref();
  await once(server, "listening");
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Calls `each` for every frame that arrives, however the bytes are cut into packets. */
function receive(socket: Duplex, each: (frame: Frame) => void): void {
  let bytes: Buffer = Buffer.alloc(0);
  socket.on("data", (packet: Buffer) => {
    bytes = Buffer.concat([bytes, packet]);
    if (((bytes[1] ?? 0) & 0x7f) === TOO_LONG) socket.destroy();
    for (let frame = decode(bytes); frame !== undefined; frame = decode(bytes)) {
      bytes = bytes.subarray(frame.end);
      each(frame);
    }
  });
}

/** The first frame of a client, whose payload is always masked, and where it ends; undefined if it is not complete. */
function decode(bytes: Buffer): (Frame & { end: number }) | undefined {
  const [first, second] = bytes;
  if (first === undefined || second === undefined || (second & 0x7f) === TOO_LONG) return undefined;
  const short = second & 0x7f;
  const start = short === 126 ? 4 : 2;
  if (bytes.length < start + 4) return undefined;
  const mask = bytes.subarray(start, start + 4);
  const end = start + 4 + (short === 126 ? bytes.readUInt16BE(2) : short);
  if (bytes.length < end) return undefined;
  const payload = Buffer.from(bytes.subarray(start + 4, end)).map((byte, index) => byte ^ (mask[index % 4] ?? 0));
  return { kind: first & 0x0f, payload: Buffer.from(payload), end };
}

/** A frame as a server sends it: not masked. */
function encode({ kind, payload }: Frame): Buffer {
  const head = Buffer.alloc(payload.length < 126 ? 2 : 4);
  head[0] = 0x80 | kind;
  head[1] = Math.min(payload.length, 126);
  if (payload.length >= 126) head.writeUInt16BE(payload.length, 2);
  return Buffer.concat([head, payload]);
}
