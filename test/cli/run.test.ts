// `loopbook` as a user runs it, with the real kernel.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parseNotebook } from "../../cli/notebook/format.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "loopbook-run-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function loopbook(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["cli/loopbook.js", ...args], { encoding: "utf8" });
  return { status, stdout, stderr: stripVTControlCharacters(stderr) };
}

function notebook(sources: readonly (string | { source: string; tags: string[] })[], metadata = {}): string {
  const cells = sources.map((cell, index) => {
    const { source, tags } = typeof cell === "string" ? { source: cell, tags: [] } : cell;
    return { cell_type: "code", id: `c${index}`, source, metadata: { tags }, outputs: [], execution_count: null };
  });
  const file = join(folder, "test.ipynb");
  writeFileSync(file, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells }));
  return file;
}

const read = (file: string) => parseNotebook(readFileSync(file, "utf8"));

describe("loopbook run", { timeout: 60_000 }, () => {
  test("runs the cells and says so, and writes nothing unless it is told to", () => {
    const file = notebook(["const a: number = 20", "a + 1"]);
    const before = readFileSync(file, "utf8");
    const { status, stdout } = loopbook("run", file);
    expect(status).toBe(0);
    expect(stdout).toMatch(/test\.ipynb: 2 cells ran in [\d.]+ s\n$/);
    expect(readFileSync(file, "utf8")).toBe(before);
  });

  test("--in-place writes outputs, counts, times and metadata into the notebook", () => {
    const file = notebook(["console.log('hello')", "6 * 7"]);
    expect(loopbook("run", file, "--in-place")).toMatchObject({ status: 0 });
    expect(read(file)).toMatchObject({
      metadata: { kernelspec: { name: "loopbook" }, language_info: { name: "typescript" } },
      cells: [
        { execution_count: 1, outputs: [{ name: "stdout", text: ["hello\n"] }] },
        { execution_count: 2, outputs: [{ output_type: "execute_result", data: { "text/plain": ["42"] } }] },
      ],
    });
    const { execution } = read(file).cells[0]?.metadata ?? {};
    expect(Object.keys(execution ?? {}).toSorted()).toEqual([
      "iopub.execute_input",
      "iopub.status.busy",
      "iopub.status.idle",
      "shell.execute_reply",
    ]);
  });

  test("--output writes beside, and the folder is made", () => {
    const file = notebook(["1"]);
    expect(loopbook("run", file, "--output", join(folder, "made/here"))).toMatchObject({ status: 0 });
    expect(read(join(folder, "made/here/test.ipynb")).cells).toHaveLength(1);
  });

  test("cells work in the notebook's folder", () => {
    writeFileSync(join(folder, "data.txt"), "beside");
    const file = notebook(["import { readFileSync } from 'node:fs'; console.log(readFileSync('data.txt', 'utf8'))"]);
    expect(loopbook("run", file)).toMatchObject({ status: 0 });
  });

  test("a failing cell is exit code 1, its traceback on stderr, and the rest does not run", () => {
    const file = notebook(["1", "throw new TypeError('on purpose')", "console.log('never')"]);
    const { status, stdout, stderr } = loopbook("run", file, "--in-place");
    expect(status).toBe(1);
    expect(stderr).toContain("TypeError: on purpose");
    expect(stdout).toContain("cell 2 of 3 failed");
    expect(read(file).cells[2]).toMatchObject({ outputs: [], execution_count: null });
  });

  test("--allow-errors goes on after a failing cell, and so does the tag raises-exception", () => {
    const failing = "throw new Error('on purpose')";
    expect(loopbook("run", notebook([failing, "1"]), "--allow-errors")).toMatchObject({ status: 0 });
    expect(loopbook("run", notebook([{ source: failing, tags: ["raises-exception"] }, "1"]))).toMatchObject({
      status: 0,
    });
  });

  test("--timeout interrupts a cell that takes longer", () => {
    for (const endless of ["while (true) {}", "await new Promise(() => {})"]) {
      const { status, stderr } = loopbook("run", notebook([endless]), "--timeout", "0.5");
      expect(status).toBe(1);
      expect(stderr).toContain("took longer than 0.5 s");
    }
  });

  test("a kernel that dies is exit code 1, and said", () => {
    const { status, stderr } = loopbook("run", notebook(["process.kill(process.pid, 'SIGKILL')"]));
    expect(status).toBe(1);
    expect(stderr).toContain("The kernel was ended by SIGKILL");
  });

  test("what is no notebook for us is exit code 1 with the reason", () => {
    const file = join(folder, "bad.ipynb");
    writeFileSync(file, "{");
    expect(loopbook("run", file)).toMatchObject({ status: 1, stderr: expect.stringContaining("not JSON") });
    const python = notebook(["print(1)"], { kernelspec: { name: "python3", language: "python" } });
    expect(loopbook("run", python)).toMatchObject({ status: 1, stderr: expect.stringContaining("written in python") });
  });

  test.for([
    [["run"]],
    [["run", "no-such-file.ipynb"]],
    [["run", "a.ipynb", "--timeout", "soon"]],
    [["run", "a.ipynb", "--in-place", "--output", "b"]],
    [["run", "a.ipynb", "--no-such-option"]],
    [["no-such-command"]],
  ])("bad usage %j is exit code 2", ([args = []]) => {
    expect(loopbook(...args)).toMatchObject({ status: 2, stdout: "" });
  });
});

test("loopbook --version and --help", () => {
  expect(loopbook("--version")).toMatchObject({ status: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  expect(loopbook("--help")).toMatchObject({ status: 0, stdout: expect.stringContaining("doctor") });
});

test("loopbook doctor starts a kernel and finds nothing broken", { timeout: 60_000 }, () => {
  const { status, stdout } = loopbook("doctor");
  expect(stdout).toMatch(/ok +Kernel: loopbook .* 1\+1 answered in/);
  expect(status, stdout).toBe(0);
});
