import { type AwaitableLike, gather, run } from "loopbook";
import { VirtualClock } from "loopbook/testing";
import { expect, test } from "vitest";
import { HttpClient } from "../../notebooks/server/client.ts";

/** On a virtual clock, on which the server's delays are too. */
const virtually = <T>(main: AwaitableLike<T>): Promise<Awaited<T>> => run(main, { clock: new VirtualClock() });

const pages = ["https://httpbin.org/get", "https://httpbin.org/ip", "https://httpbin.org/uuid"];

test("an answer has a status and a text", async () => {
  await virtually(async () => {
    await using client = new HttpClient();
    const answer = await client.get("https://example.com");
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain("<h1>Example Domain</h1>");
    expect((await client.get("https://httpbin.org/status/503")).status).toBe(503);
  });
});

test("requests in a row share one connection", async () => {
  await virtually(async () => {
    await using client = new HttpClient();
    for (const page of pages) await (await client.get(page)).text();
    expect(client.connections).toBe(1);
  });
});

test("requests at once have a connection each, which later ones use again", async () => {
  await virtually(async () => {
    await using client = new HttpClient();
    const read = async (page: string) => (await client.get(page)).text();
    await gather(...pages.map(read));
    expect(client.connections).toBe(pages.length);
    await gather(...pages.map(read));
    expect(client.connections).toBe(pages.length);
  });
});

test("a client that is closed asks nothing any more", async () => {
  const client = new HttpClient();
  await client.close();
  await expect(client.get("https://example.com")).rejects.toThrow("the client is closed");
});

test("closing ends what is under way", async () => {
  const client = new HttpClient();
  const asked = client.get("https://httpbin.org/delay/10").catch((error: Error) => error.message);
  await new Promise((resolve) => setImmediate(resolve));
  await client.close();
  expect(await asked).toBe("socket hang up");
});

test("a host that the lessons' server does not play fails as an unreachable one does", async () => {
  await using client = new HttpClient();
  await expect(client.get("https://nowhere.invalid")).rejects.toThrow("fetch failed");
});
