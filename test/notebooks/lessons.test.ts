import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { type CodeCell, type Notebook, parseNotebook } from "../../cli/notebook/format.ts";

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
const itemOf = ({ metadata }: Notebook["cells"][number]) => metadata.loopbook as { item?: string; seconds?: number };

test("there are lessons", () => expect(lessons).not.toEqual([]));

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

  test("prints a time in each cell for which one is stated, and it is right", () => {
    for (const cell of code.filter((each) => itemOf(each)?.seconds !== undefined)) {
      const text = cell.outputs.map((output) => [output.text].flat().join("")).join("");
      const measured = /.+: (\d+\.\d\d)s\n$/.exec(text)?.[1];
      expect(measured, `the last line of ${cell.id}`).toBeDefined();
      const ratio = Number(measured) / (itemOf(cell).seconds ?? 0);
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
