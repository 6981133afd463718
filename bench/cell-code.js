// Code of a cell beside the same code in plain Node: calls of async functions, awaits, and how deep calls nest. In turn, in one run.
//
//   node bench/cell-code.js [rounds = 3]

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const rounds = Number(process.argv[2] ?? 3);

/** What runs in both. Nanoseconds, the best of a few; depths in calls. */
const CODE = `
async function same(a) { return a }
async function later(a) { await null; return a }
const ready = Promise.resolve();
let depth = 0;
const nested = async (n) => { depth = n; await nested(n + 1) };
const deepest = async () => { await nested(0).catch(() => {}); return depth };
const loops = {
  "call of an async function": async (n) => { for (let i = 0; i < n; i++) same(i) },
  "await Promise.resolve()": async (n) => { for (let i = 0; i < n; i++) await Promise.resolve() },
  "await of a settled promise": async (n) => { for (let i = 0; i < n; i++) await ready },
  "await of a call that never waits": async (n) => { for (let i = 0; i < n; i++) await same(i) },
  "await of a call that waits": async (n) => { for (let i = 0; i < n; i++) await later(i) },
};
const figures = {};
for (const [name, loop] of Object.entries(loops)) {
  let best = Infinity;
  for (let round = 0; round < 5; round++) {
    const began = performance.now();
    await loop(300000);
    best = Math.min(best, (performance.now() - began) / 300000 * 1e6);
  }
  figures[name] = best;
}
figures["depth of calls"] = await deepest();
console.log(JSON.stringify(figures));
`;

const folder = mkdtempSync(join(tmpdir(), "loopbook-bench-"));
try {
  /** @type {{ [name: string]: { node: number, cell: number } }} */
  const best = {};
  for (let round = 0; round < rounds; round++) {
    const [node, cell] = [inNode(), inCell()];
    for (const name of Object.keys(node)) {
      const better = name.startsWith("depth") ? Math.max : Math.min;
      const known = best[name];
      const now = { node: node[name] ?? 0, cell: cell[name] ?? 0 };
      best[name] = known ? { node: better(known.node, now.node), cell: better(known.cell, now.cell) } : now;
    }
  }
  console.log(`${"".padEnd(36)}${"Node".padStart(9)}${"cell".padStart(9)}${"×".padStart(7)}`);
  for (const [name, { node, cell }] of Object.entries(best)) {
    const unit = name.startsWith("depth") ? "  " : "ns";
    console.log(
      `${name.padEnd(36)}${node.toFixed(0).padStart(7)}${unit}${cell.toFixed(0).padStart(7)}${unit}${(cell / node).toFixed(2).padStart(7)}`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** @returns {{ [name: string]: number }} */
function inNode() {
  const file = join(folder, "code.mjs");
  writeFileSync(file, CODE);
  return JSON.parse(execFileSync(process.execPath, [file], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
}

/** @returns {{ [name: string]: number }} */
function inCell() {
  const file = join(folder, "code.ipynb");
  const cell = { cell_type: "code", id: "code", metadata: {}, source: CODE, outputs: [], execution_count: null };
  const kernelspec = { name: "loopbook", display_name: "Loopbook", language: "typescript" };
  writeFileSync(file, JSON.stringify({ cells: [cell], metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 }));
  const output = join(folder, "out");
  const loopbook = join(import.meta.dirname, "../cli/loopbook.js");
  execFileSync(process.execPath, [loopbook, "run", file, "--output", output], { stdio: "ignore" });
  const [{ outputs }] = JSON.parse(readFileSync(join(output, "code.ipynb"), "utf8")).cells;
  return JSON.parse(outputs.flatMap((/** @type {{ text?: string[] }} */ { text = [] }) => text).join(""));
}
