// `fetch` for the lessons: the URLs are those of real hosts, the answers come from a server in this process. So a lesson
// runs without a network, and prints the same each time. With LOOPBOOK_LIVE=1 it is the real `fetch`.

import { hosts } from "./pages.ts";
import { startServer } from "./server.ts";

/** Whether the real hosts are asked. */
const live = process.env.LOOPBOOK_LIVE === "1";

const server = live ? "" : await startServer();

/**
 * Where a URL is answered: at the lessons' server, or, with LOOPBOOK_LIVE=1, at the URL itself. For clients other than
 * `fetch`.
 *
 * @throws TypeError for a host that the server does not play.
 * @example
 * http.get(address("https://example.com"), { agent }, (response) => …);
 */
export function address(url: string | URL): URL {
  const asked = new URL(url);
  if (live) return asked;
  if (!hosts.has(asked.host)) {
    const cause = new Error(
      `The lessons' server does not play ${asked.host}; it plays ${[...hosts].join(", ")}. LOOPBOOK_LIVE=1 asks the real hosts.`,
    );
    throw new TypeError("fetch failed", { cause });
  }
  return new URL(`${server}/${asked.host}${asked.pathname}${asked.search}`);
}

/**
 * The `fetch` that Node and browsers have, answered by the lessons' server.
 *
 * @example
 * const response = await fetch("https://example.com");
 * console.log(response.status); // 200
 */
export async function fetch(url: string | URL, init?: RequestInit): Promise<Response> {
  const response = await globalThis.fetch(address(url), init);
  // What was asked for, not where it was answered.
  return Object.defineProperty(response, "url", { value: new URL(url).href });
}
