import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { type CodeCell, type Notebook, parseNotebook } from "../../cli/notebook/format.ts";
import type { Stated } from "../../cli/run/check/stated-time.ts";

const root = join(import.meta.dirname, "../..");
const folder = join(root, "notebooks");

/** How many examples each lesson has: its items are numbered 1.1, 1.2, … */
const items: { [lesson: string]: number } = {
  "01-the-basics": 9,
  "02-concurrent-tasks": 8,
  "03-fundamentals": 17,
  "04-tasks-and-timeouts": 8,
  "05-async-await-basics": 16,
};

const lessons = readdirSync(folder)
  .filter((file) => file.endsWith(".ipynb"))
  .map((file) => file.slice(0, -".ipynb".length));

const load = (lesson: string): Notebook => parseNotebook(readFileSync(join(folder, `${lesson}.ipynb`), "utf8"));
const isCode = (cell: Notebook["cells"][number]): cell is CodeCell => cell.cell_type === "code";
const tagsOf = (cell: CodeCell) => (cell.metadata.tags ?? []) as string[];
/** What the cell took when it was saved. */
function executionSeconds({ metadata }: CodeCell): number {
  const times = metadata.execution as { [event: string]: string };
  const at = (event: string): number => Date.parse(times[event] ?? "");
  return (at("shell.execute_reply") - at("iopub.execute_input")) / 1000;
}
const itemOf = ({ metadata }: Notebook["cells"][number]) => metadata.loopbook as Stated | undefined;

/** All that the cell printed. */
const printed = (cell: CodeCell): string => cell.outputs.map((output) => [output.text].flat().join("")).join("");

/** What is left of a source without comments, imports and empty lines. */
const statements = (source: string): string[] =>
  source
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .split("\n")
    .map((line) => line.replace(/(?:^|\s)\/\/.*$/, "").trim())
    .filter((line) => line !== "" && !line.startsWith("import "));

/** What the answer cells of the exercises say in place of an answer. */
const STUB = /Replace this line|TODO|not implemented/i;

/** Exercises that a lesson must have at least, and questions of its quiz. */
const practice: { [lesson: string]: { exercises?: number; questions?: number } } = {
  "03-fundamentals": { exercises: 1 },
  "04-tasks-and-timeouts": { questions: 4 },
  "05-async-await-basics": { exercises: 6 },
};

test("all lessons are there, and no other", () => expect(lessons.toSorted()).toEqual(Object.keys(items)));

describe.each(lessons)("%s", (lesson) => {
  const notebook = load(lesson);
  const code = notebook.cells.filter(isCode);

  test("has a cell for each of its items", () => {
    const found = new Set(notebook.cells.map((cell) => itemOf(cell)?.item));
    const expected = Array.from(
      { length: items[lesson] ?? 0 },
      (_, index) => `${Number(lesson.slice(0, 2))}.${index + 1}`,
    );
    expect(expected.filter((item) => !found.has(item))).toEqual([]);
    expect(expected).not.toEqual([]);
    const unknown = [...found].filter((item) => item !== undefined && !expected.includes(item));
    expect(unknown, "items that the lesson does not have").toEqual([]);
  });

  test("compares a time only with that of another of its cells", () => {
    const against = code.flatMap((cell) => itemOf(cell)?.against ?? []);
    const timed = code.filter((cell) => itemOf(cell)?.seconds !== undefined).map(({ id }) => id);
    expect(against.filter((id) => !timed.includes(id))).toEqual([]);
  });

  test("has the exercises and questions that it should have", () => {
    const { exercises = 0, questions = 0 } = practice[lesson] ?? {};
    expect(code.filter((cell) => tagsOf(cell).includes("exercise")).length).toBeGreaterThanOrEqual(exercises);
    expect(code.filter((cell) => tagsOf(cell).includes("quiz")).length).toBeGreaterThanOrEqual(questions);
  });

  test("has ids that say what a cell is, each once", () => {
    const ids = notebook.cells.map((cell) => cell.id ?? "");
    expect(ids.filter((id) => !/^[a-z][a-z0-9-]{1,40}$/.test(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("was saved after a whole run in which no cell failed", () => {
    for (const [index, cell] of code.entries()) expect([cell.id, cell.execution_count]).toEqual([cell.id, index + 1]);
    const failed = code.filter((cell) => cell.outputs.some((output) => output.output_type === "error"));
    expect(failed.map((cell) => cell.id)).toEqual([]);
  });

  test("took in each cell the time that is stated, whether the cell prints it or not", () => {
    for (const cell of code.filter((each) => itemOf(each)?.seconds !== undefined)) {
      const measured = /.+: (\d+\.\d\d)s\n$/.exec(printed(cell))?.[1] ?? executionSeconds(cell);
      const ratio = Number(measured) / (itemOf(cell)?.seconds ?? 0);
      expect(ratio, cell.id).toBeGreaterThan(0.98);
      expect(ratio, cell.id).toBeLessThan(1.15);
    }
  });

  test("has a hidden solution for each exercise, which is verified", () => {
    const exercises = code.filter((cell) => tagsOf(cell).includes("exercise"));
    const solutions = code.filter((cell) => tagsOf(cell).includes("solution"));
    expect(solutions.map((cell) => cell.id?.replace(/solution$/, "answer"))).toEqual(exercises.map((cell) => cell.id));
    for (const { id, metadata, source } of solutions) {
      expect([id, metadata.jupyter]).toEqual([id, { source_hidden: true }]);
      expect(source).toMatch(/^await \w+\.verify\(/m);
    }
  });

  test("has no stub for a solution: each is code of its own, and passed its check when it was saved", () => {
    const bySuffix = (id: string | undefined, suffix: string) =>
      code.find((cell) => cell.id === id?.replace(/solution$/, suffix));
    for (const solution of code.filter((cell) => tagsOf(cell).includes("solution"))) {
      const { id, source } = solution;
      const name = /exercise\("([^"]+)"/.exec(bySuffix(id, "check")?.source ?? "")?.[1];
      const own = statements(source);
      expect(name, `the exercise of ${id}`).toBeDefined();
      expect(own.length, `${id} is more than its verification`).toBeGreaterThan(2);
      expect(source, id).not.toMatch(STUB);
      expect(own, id).not.toEqual(statements(bySuffix(id, "answer")?.source ?? ""));
      expect(printed(solution), id).toContain(`${name}: solved\n`);
      expect(printed(solution), id).not.toContain("not yet");
    }
  });

  test("says of each solution why it is right", () => {
    const solutions = code.filter((cell) => tagsOf(cell).includes("solution"));
    expect(solutions.filter(({ source }) => !/^\/\/ \S/.test(source)).map(({ id }) => id)).toEqual([]);
  });

  test("has no line of code that an exported page would have to scroll", () => {
    const shown = code.filter((cell) => !tagsOf(cell).includes("quiz-key"));
    const wide = shown.filter(({ source }) => source.split("\n").some((line) => line.length > 100));
    expect(wide.map(({ id }) => id)).toEqual([]);
  });

  test("quotes the scripts that it runs as they are", () => {
    const text = notebook.cells.map(({ source }) => source).join("\n");
    for (const [, file = ""] of text.matchAll(/\]\((scripts\/[\w-]+\.ts)\)/g)) {
      const withoutHead = readFileSync(join(folder, file), "utf8").replace(/^(?:\/\/.*\n)+\n/, "");
      expect(text).toContain(`\`\`\`ts\n${withoutHead}\`\`\``);
    }
  });

  test("is right in its types", async () => {
    const cells = code.map(({ id, source }) => `// ${id}\n${source}`);
    expect(await typeErrors(cells.join("\n\n"))).toBe("");
  });
});

/** What tsc says of a module in the notebooks' folder. */
async function typeErrors(source: string): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), "loopbook-lesson-"));
  try {
    writeFileSync(join(directory, "cells.mts"), source);
    const compilerOptions = {
      paths: { loopbook: [join(root, "runtime/index.ts")] },
      rootDirs: [directory, folder],
      typeRoots: [join(root, "node_modules/@types")],
    };
    const config = { extends: join(root, "tsconfig.json"), compilerOptions, include: ["cells.mts"] };
    writeFileSync(join(directory, "tsconfig.json"), JSON.stringify(config));
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const checked = promisify(execFile)(process.execPath, [tsc, "-p", directory]);
    return (await checked.catch((error: { stdout: string }) => error)).stdout;
  } finally {
    rmSync(directory, { recursive: true });
  }
}
