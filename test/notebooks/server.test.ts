import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { address, fetch } from "../../notebooks/server/fetch.ts";

const run = promisify(execFile);
const file = join(import.meta.dirname, "../../notebooks/server/fetch.ts");

/** Runs a module that has `fetch` and `address`, in a process of its own. */
async function script(code: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const source = `import { fetch, address } from ${JSON.stringify(file)};\n${code}`;
  const args = ["--input-type=module-typescript", "--eval", source];
  const { stdout } = await run(process.execPath, args, { env: { ...process.env, ...env }, timeout: 8000 });
  return stdout;
}

/** The URLs in the order in which their answers come, when all are asked at once. */
async function orderOf(urls: string[]): Promise<string[]> {
  const order: string[] = [];
  await Promise.all(urls.map((url) => fetch(url).then(() => order.push(url))));
  return order;
}

test.concurrent.each([
  ["https://example.com", "text/html", "<h1>Example Domain</h1>"],
  ["https://example.org/", "text/html", "<h1>Example Domain</h1>"],
  ["https://httpbin.org/get", "application/json", '"url": "https://httpbin.org/get"'],
  ["https://httpbin.org/ip", "application/json", '"origin":'],
  ["https://httpbin.org/uuid", "application/json", '"uuid":'],
  ["https://jsonplaceholder.typicode.com/todos/1", "application/json", '"title": "delectus aut autem"'],
  ["https://api.github.com", "application/json", '"current_user_url":'],
])("%s is answered with 200 and a body like the real one", async (url, type, part) => {
  const response = await fetch(url);
  expect(response.status).toBe(200);
  expect(response.url).toBe(new URL(url).href);
  expect(response.headers.get("content-type")).toBe(`${type}; charset=utf-8`);
  expect(await response.text()).toContain(part);
});

test.concurrent.each([
  ["the basics", ["https://example.com", "https://example.org", "https://example.net"]],
  [
    "concurrent tasks",
    ["https://example.com", "https://httpbin.org/get", "https://jsonplaceholder.typicode.com/todos/1"],
  ],
  ["tasks and timeouts", ["https://httpbin.org/get", "https://httpbin.org/ip", "https://httpbin.org/uuid"]],
])("the answers to the URLs of %s come in the order of its list", async (_lesson, urls) => {
  expect(await orderOf(urls.toReversed())).toEqual(urls);
});

test.concurrent("httpbin.org/delay answers after the seconds asked for, not before", async () => {
  const started = performance.now();
  await fetch("https://httpbin.org/delay/0.3");
  expect((performance.now() - started) / 1000).toBeGreaterThan(0.29);
});

test.concurrent("httpbin.org/status answers with the status asked for", async () => {
  expect((await fetch("https://httpbin.org/status/503")).status).toBe(503);
});

test.concurrent("a path that a host does not have is 404", async () => {
  expect((await fetch("https://example.com/nowhere?q=1")).status).toBe(404);
  expect((await fetch("https://jsonplaceholder.typicode.com/todos/4000")).status).toBe(404);
});

test.concurrent("a host that the server does not play fails as an unreachable one does, and says which it plays", async () => {
  const error: unknown = await fetch("https://nowhere.invalid").catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(TypeError);
  expect(error).toMatchObject({ message: "fetch failed" });
  expect((error as Error).cause).toMatchObject({ message: expect.stringContaining("it plays example.com, ") });
});

test.concurrent("a request that is aborted ends with that", async () => {
  await expect(fetch("https://httpbin.org/delay/5", { signal: AbortSignal.timeout(50) })).rejects.toThrow(/aborted/);
});

test.concurrent("address is for other clients: on this machine, on a port of its own", () => {
  expect(address("https://httpbin.org/get?a=1").href).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/httpbin\.org\/get\?a=1$/);
});

test.concurrent("neither the server nor a finished request keeps a process alive", async () => {
  expect(await script(`console.log((await fetch("https://example.com")).status)`)).toBe("200\n");
});

test.concurrent("with LOOPBOOK_LIVE=1 the real hosts are asked", async () => {
  expect(await script(`console.log(address("https://example.com/a").href)`, { LOOPBOOK_LIVE: "1" })).toBe(
    "https://example.com/a\n",
  );
});
