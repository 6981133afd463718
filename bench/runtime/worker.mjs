// usage: node --expose-gc worker.mjs COLUMN CASE   (COLUMN: a file in columns/, without .mjs)
// Prints one JSON line. Packages resolve from the working directory; LIB names the library of asyncio-like.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [column, name] = process.argv.slice(2);
const cases = JSON.parse(readFileSync(new URL("cases.json", import.meta.url), "utf8"));
const require = createRequire(join(process.cwd(), "package.json"));
const load = (specifier) => {
  if (specifier.startsWith(".")) return import(pathToFileURL(resolve(specifier)).href);
  return require(specifier); // Node 22.12+: also loads ES modules
};
const file = column.endsWith(".mjs")
  ? pathToFileURL(resolve(column))
  : new URL(`columns/${column}.mjs`, import.meta.url);
const { default: make } = await import(file);
const { cases: own, start = (main) => main() } = await make(load);
const { n: first, max, step = 1, memory } = cases[name];
const run = own[name];

const now = () => performance.now() / 1000;
async function measure() {
  if (!run) return { skipped: true };
  if (memory) {
    globalThis.gc?.();
    const before = process.memoryUsage.rss();
    let peak = before;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage.rss());
    }, 20);
    const t = now();
    await start(() => run(first));
    const seconds = now() - t;
    clearInterval(watch);
    return { n: first, seconds, bytesEach: (peak - before) / first };
  }
  let n = first,
    seconds = 0;
  for (;;) {
    const t = now();
    await start(() => run(n));
    seconds = now() - t;
    if (seconds >= 0.4 || n >= max) break;
    n = Math.min(max, Math.ceil((n * Math.min(8, Math.max(2, 0.5 / seconds))) / step) * step);
  }
  return { n, seconds, perSecond: n / seconds };
}
console.log(JSON.stringify({ column, case: name, ...(await measure()) }));
process.exit(0);
