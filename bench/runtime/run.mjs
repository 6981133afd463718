// Runs every column and case in its own process, in turn, and prints a table of medians.
// usage: node run.mjs [--rounds 3] [--columns a,b] [--cases a,b] [--json FILE]
//   Columns: asyncio and uvloop (env PYTHON, default python3), and the files of columns/ (env NODE, default this node).
//   A path to an .mjs file is a column too. Packages resolve from the working directory; what is missing is shown as "-".
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const cases = JSON.parse(readFileSync(here("cases.json"), "utf8"));
const { values: o } = parseArgs({
  options: {
    rounds: { type: "string", default: "3" },
    json: { type: "string" },
    columns: { type: "string", default: "asyncio,uvloop,promises,effection,effect,small-libraries" },
    cases: { type: "string", default: Object.keys(cases).join() },
  },
});
const columns = o.columns.split(","),
  names = o.cases.split(",");

function once(column, name) {
  const python = column === "asyncio" || column === "uvloop";
  const [exe, args] = python
    ? [process.env.PYTHON ?? "python3", [here("worker.py"), column, name]]
    : [process.env.NODE ?? process.execPath, ["--expose-gc", here("worker.mjs"), column, name]];
  try {
    const out = execFileSync(exe, args, { encoding: "utf8", timeout: 120_000, stdio: ["ignore", "pipe", "pipe"] });
    return JSON.parse(out.trim().split("\n").at(-1));
  } catch (error) {
    const last = String(error.stderr || error.message)
      .trim()
      .split("\n")
      .slice(-3)
      .join(" | ");
    return { column, case: name, error: last };
  }
}
const median = (xs) => xs.toSorted((a, b) => a - b)[xs.length >> 1];
const results = [];
for (let round = 0; round < Number(o.rounds); round++)
  for (const name of names)
    for (const column of columns) {
      if (round && results.find((r) => r.column === column && r.case === name && (r.error || r.skipped))) continue;
      const r = once(column, name);
      if (r.error) console.error(`${column} ${name}: ${r.error}`);
      results.push(r);
    }
const short = (x) =>
  x >= 1e6 ? `${(x / 1e6).toPrecision(3)}M` : x >= 1e3 ? `${(x / 1e3).toPrecision(3)}k` : x.toPrecision(3);
console.log(`ops/s, median of ${o.rounds}; ${availableParallelism()} CPUs\n`);
console.log(`| case | ${columns.join(" | ")} |\n|${"---|".repeat(columns.length + 1)}`);
for (const name of names) {
  const cells = columns.map((column) => {
    const rs = results.filter((r) => r.column === column && r.case === name && !r.error && !r.skipped);
    if (!rs.length) return "-";
    if (cases[name].memory)
      return `${Math.round(median(rs.map((r) => r.bytesEach)))} B, ${median(rs.map((r) => r.seconds)).toFixed(2)} s`;
    return short(median(rs.map((r) => r.perSecond)));
  });
  console.log(`| ${name} | ${cells.join(" | ")} |`);
}
if (o.json) writeFileSync(o.json, JSON.stringify(results, null, 1));
