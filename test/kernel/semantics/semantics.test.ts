import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SessionProcess } from "../session/session-process.ts";
import { type Program, printedByCells, printedByNode, programsOf, statementsOf, topics, type Way } from "./programs.ts";

// TypeScript and plain Node are the judge: cells print what they print, or the difference is explained.
const differences = readFileSync("docs/differences.md", "utf8");
const programs = topics.flatMap((topic) => programsOf(topic).map((program) => ({ topic, program })));
// One for each way, which may run at once.
const sessions: { [way in Way]: SessionProcess } = { cell: new SessionProcess(), cells: new SessionProcess() };
let judged: Map<Program, string>;

beforeAll(async () => {
  const all = programs.map(({ program }) => program);
  const [printed] = await Promise.all([printedByNode(all), sessions.cell.run("1"), sessions.cells.run("1")]);
  judged = new Map(all.map((program, index) => [program, printed[index] ?? ""]));
}, 30_000);

afterAll(() => {
  for (const session of Object.values(sessions)) session[Symbol.dispose]();
});

describe.each(topics.map((topic) => [topic.replace(".txt", ""), topic]))("%s:", (_name, topic) => {
  const own = programs.filter((each) => each.topic === topic).map(({ program }) => program);

  test.each(own.map((program) => [program.name, program] as const))("%s", async (_what, program) => {
    const [cell, cells] = await Promise.all([
      printedByCells(sessions.cell, [program.code]),
      printedByCells(sessions.cells, statementsOf(program.code)),
    ]);
    const judge = judged.get(program) ?? "";
    for (const [way, printed] of Object.entries({ cell, cells }) as [Way, string][]) {
      const difference = program.differs[way];
      if (difference === undefined) expect(`as ${way}: ${printed}`).toBe(`as ${way}: ${judge}`);
      else expect(`as ${way}: ${printed}`).not.toBe(`as ${way}: ${judge}`);
    }
  });
});

test("every difference is explained in docs/differences.md", () => {
  const named = new Set(programs.flatMap(({ program }) => Object.values(program.differs)));
  expect([...named].filter((difference) => !differences.includes(difference))).toEqual([]);
});

test("there are enough programs, and no two of a name", () => {
  const names = new Set(programs.map(({ program }) => program.name));
  expect(names.size).toBe(programs.length);
  expect(names.size).toBeGreaterThan(100);
});
