// The HTTP server of the lessons: in this process, on a free port, gone when the process ends.

import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { after } from "./delay.ts";
import { pageAt } from "./pages.ts";

/**
 * Starts the server and returns its address. The page of `https://HOST/PATH` is at `ADDRESS/HOST/PATH`.
 * Neither the server nor its connections keep the process alive.
 */
export async function startServer(): Promise<string> {
  const server = createServer(answer);
  // Else it would close a connection at the moment in which a client uses it again.
  server.keepAliveTimeout = 0;
  server.on("connection", (socket) => socket.unref());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  server.unref();
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  const { delay, status, type, body } = pageAt(new URL(`https:/${request.url}`));
  const cancel = after(delay, () => {
    response.writeHead(status, { "content-type": `${type}; charset=utf-8` });
    response.end(request.method === "HEAD" ? undefined : body);
  });
  // The client went away before its answer was due.
  response.on("close", cancel);
}
