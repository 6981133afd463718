// A script: it fetches three pages and says what they are about. As a module, it only offers its functions.

import { coroutine, gather, run } from "loopbook";
import { fetch } from "../server/fetch.ts";

const fetchUrl = coroutine(async function fetchUrl(url: string) {
  const response = await fetch(url);
  return response.text();
});

export const main = coroutine(async function main() {
  const urls = ["https://example.com", "https://example.org", "https://example.net"];
  const pages = await gather(...urls.map((url) => fetchUrl(url)));
  for (const [index, page] of pages.entries()) console.log(urls[index], "→", page.match(/<h1>(.*)<\/h1>/)?.[1]);
});

if (import.meta.main) await run(main());
