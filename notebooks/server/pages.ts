// What the lessons' server answers: the pages of the hosts that the lessons ask, short, and each after a delay of its own.

export interface Page {
  /** Seconds until the answer. */
  delay: number;
  status: number;
  type: "text/html" | "application/json" | "text/plain";
  body: string;
}

type Parameters = { [name: string]: string | undefined };
type Answer = Page | ((parameters: Parameters) => Page);

const html = (delay: number, body: string): Page => ({ delay, status: 200, type: "text/html", body });
const json = (delay: number, value: unknown, status = 200): Page => ({
  delay,
  status,
  type: "application/json",
  body: JSON.stringify(value, null, 2),
});

const domain = (delay: number): Page =>
  html(
    delay,
    `<!doctype html>
<html lang="en">
<head><title>Example Domain</title></head>
<body>
<h1>Example Domain</h1>
<p>This domain is for use in documentation examples without needing permission.</p>
<p><a href="https://iana.org/domains/example">Learn more</a></p>
</body>
</html>
`,
  );

const echo = (path: string) => ({
  args: {},
  headers: { Accept: "*/*", Host: "httpbin.org" },
  origin: "203.0.113.7",
  url: `https://httpbin.org${path}`,
});

const todos = ["delectus aut autem", "quis ut nam facilis et officia qui", "fugiat veniam minus"];
const todo = (id: number): Page => {
  const title = todos[id - 1];
  return title === undefined ? json(0.6, {}, 404) : json(0.6, { userId: 1, id, title, completed: false });
};

/**
 * Pages by URL. In each lesson the delays grow in the order in which its URLs are listed, 0.2 s apart, so that the
 * answers to concurrent requests come in that order on a slow machine too. Where the real host would answer with
 * something new each time (an address, a UUID), this one does not: outputs can be compared.
 */
const answers: { [url: string]: Answer } = {
  "https://example.com/": domain(0.2),
  "https://example.org/": domain(0.4),
  "https://example.net/": domain(0.6),
  "https://httpbin.org/get": json(0.4, echo("/get")),
  "https://httpbin.org/ip": json(0.6, { origin: "203.0.113.7" }),
  "https://httpbin.org/uuid": json(0.8, { uuid: "b7f4a5a8-6d52-4a57-9c0b-1e8f4f0c2d3e" }),
  "https://httpbin.org/delay/:seconds": ({ seconds }) =>
    json(Math.min(Number(seconds) || 0, 10), echo(`/delay/${seconds}`)),
  "https://httpbin.org/status/:code": ({ code }) => ({
    delay: 0.2,
    status: Number(code) || 400,
    type: "text/plain",
    body: "",
  }),
  "https://jsonplaceholder.typicode.com/todos/:id": ({ id }) => todo(Number(id)),
  "https://api.github.com/": json(0.4, {
    current_user_url: "https://api.github.com/user",
    emojis_url: "https://api.github.com/emojis",
    repository_url: "https://api.github.com/repos/{owner}/{repo}",
  }),
};

const routes = Object.entries(answers).map(([url, answer]) => ({ pattern: new URLPattern(url), answer }));

/** The hosts that have a page here. */
export const hosts: ReadonlySet<string> = new Set(Object.keys(answers).map((url) => new URL(url).host));

/** The page at a URL, with or without a query: 404 where the host has none. */
export function pageAt(url: URL): Page {
  const bare = `https://${url.host}${url.pathname}`;
  for (const { pattern, answer } of routes) {
    const match = pattern.exec(bare);
    if (match) return typeof answer === "function" ? answer(match.pathname.groups) : answer;
  }
  return { delay: 0, status: 404, type: "text/plain", body: `Not found: ${bare}\n` };
}
