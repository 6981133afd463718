// What types cost as a notebook grows: N cells of 40 lines, each using five before it, with inferred types that
// build on those of the last cells.
//
//   node bench/language.ts [cells = 500] [pause between cells in milliseconds = 0]

import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Language } from "../kernel/language/language.ts";
import type { RuntimeInspector } from "../kernel/language/live/runtime-inspector.ts";
import { notebookPlace } from "../kernel/modules/notebook-place.ts";

const [cells = 500, pause = 0] = process.argv.slice(2).map(Number);

/** No cell runs: the types answer alone. */
const nobody = (): Promise<never> => Promise.reject(new Error("nothing runs"));
const inspector: RuntimeInspector = {
  evaluate: nobody,
  getProperties: nobody,
  globalLexicalScopeNames: nobody,
  releaseObjects: async () => {},
};
const folder = mkdtempSync(join(tmpdir(), "loopbook-bench-"));
const language = new Language({
  place: notebookPlace(folder),
  inspector,
  onTrouble: (reason) => console.error(reason),
});

const cell = (n: number): string => `interface Person${n} { name: string; age: number }
type Id${n}<T> = { [K in keyof T]: T[K] };
class Box${n}<T> {
  private items: T[] = [];
  put(x: T): void { this.items.push(x) }
  get size(): number { return this.items.length }
}
async function fetchUser${n}(id: number): Promise<Person${n}> { await null; return { name: "u" + id, age: id } }
const users${n}: Person${n}[] = await Promise.all([1, 2, 3].map((i: number) => fetchUser${n}(i)));
const box${n} = new Box${n}<Id${n}<Person${n}>>();
for (const user of users${n}) box${n}.put(user);
let total${n} = ${n < 5 ? "0" : `users${n - 2}.length + box${n - 1}.size + step${n - 5}_3`};
const seen${n} = [...${n % 20 === 0 ? `users${n}` : `seen${n - 1}.slice(-5)`}, ...users${Math.max(0, n - 7)}].map((p) => ({ ...p, cell: ${n} }));
${Array.from({ length: 26 }, (_, i) => `const step${n}_${i} = users${n}.map((u) => u.age + ${i}).reduce((a, b) => a + b, 0);`).join("\n")}
total${n} += step${n}_25;
`;

const times: { [what: string]: number[] } = {};
async function timed(what: string, work: () => Promise<unknown>): Promise<void> {
  const began = performance.now();
  await work();
  times[what] = [...(times[what] ?? []), performance.now() - began];
}

for (let n = 0; n < cells; n++) {
  await timed(n === 0 ? "first check, with the server's start" : "check", async () => {
    const errors = await language.check(cell(n));
    if (errors.length > 0) throw new Error(errors.join(""));
  });
  if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
  if (n % 5 !== 4) continue;
  const typed = `users${n}.`;
  await timed("completion of members", async () => {
    const { matches } = await language.complete(typed, typed.length);
    if (matches.length < 35) throw new Error(`${matches.length} completions of ${typed}`);
  });
  await timed("completion of names", () => language.complete("tot", 3));
  await timed("inspection", () => language.inspect(`box${n}`, 3, 0));
}

for (const [what, all] of Object.entries(times)) {
  const sorted = all.toSorted((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(1).padStart(7);
  console.log(`${what.padEnd(40)} p50 ${at(0.5)} ms   p95 ${at(0.95)} ms   max ${at(1)} ms   (${all.length})`);
}
console.log(`memory of the server after ${cells} cells: ${serverMemory()} MB`);
language.close();
rmSync(folder, { recursive: true });

/** Of this process's child, where the system tells. */
function serverMemory(): number | undefined {
  try {
    for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
      const status = readFileSync(`/proc/${pid}/status`, "utf8");
      const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(status) ?? [];
      if (status.includes(`PPid:\t${process.pid}\n`)) return Math.round(Number(kilobytes) / 1024);
    }
  } catch {
    // Not Linux.
  }
  return undefined;
}
