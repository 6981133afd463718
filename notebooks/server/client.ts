// An HTTP client that is opened, used and closed. `fetch` needs no such thing, because it manages its connections by
// itself; this is for the lessons in which connections are the point.

import { once } from "node:events";
import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import { text } from "node:stream/consumers";
import { address } from "./fetch.ts";

export interface Answer {
  readonly status: number;
  text(): Promise<string>;
}

/**
 * Keeps its connections open for later requests, until it is closed.
 *
 * @example
 * await using client = new HttpClient();
 * const answer = await client.get("https://example.com");
 * console.log(await answer.text());
 */
export class HttpClient implements AsyncDisposable {
  readonly #agents = {
    "http:": new http.Agent({ keepAlive: true }),
    "https:": new https.Agent({ keepAlive: true }),
  };
  #closed = false;
  #connections = 0;

  /** How many connections it has opened so far. */
  get connections(): number {
    return this.#connections;
  }

  /** Asks for a page; its text can be read until the client is closed. */
  async get(url: string | URL): Promise<Answer> {
    if (this.#closed) throw new Error("the client is closed");
    const target = address(url);
    const request =
      target.protocol === "https:"
        ? https.get(target, { agent: this.#agents["https:"] })
        : http.get(target, { agent: this.#agents["http:"] });
    // What breaks after the answer has come is told by its text.
    request.on("error", () => {});
    const [response] = (await once(request, "response")) as [IncomingMessage];
    if (!request.reusedSocket) this.#connections++;
    return { status: response.statusCode ?? 0, text: () => text(response) };
  }

  /** Closes all connections, those in use too. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const agent of Object.values(this.#agents)) agent.destroy();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
