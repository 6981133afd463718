// `loopbook` as a user runs it, with the real kernel.

import { spawnSync } from "node:child_process";
import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parseNotebook } from "../../../cli/notebook/format.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "loopbook-run-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const loopbook = (...args: string[]) => loopbookWith({}, ...args);

function loopbookWith(env: { [name: string]: string }, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["cli/loopbook.js", ...args], {
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  return { status, stdout, stderr: stripVTControlCharacters(stderr) };
}

interface TestCell {
  source: string;
  tags?: string[];
  loopbook?: object;
}

function notebook(sources: readonly (string | TestCell)[], metadata = {}, name = "test.ipynb"): string {
  const cells = sources.map((cell, index) => {
    const { source, ...cellMetadata } = typeof cell === "string" ? { source: cell } : cell;
    return {
      cell_type: "code",
      id: `c${index}`,
      source,
      metadata: cellMetadata,
      outputs: [],
      execution_count: null,
    };
  });
  const file = join(folder, name);
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

  test("--in-place writes a notebook that is a link where it leads, and leaves who may read it as it was", () => {
    const real = notebook(["6 * 7"], {}, "real.ipynb");
    chmodSync(real, 0o600);
    symlinkSync("real.ipynb", join(folder, "link.ipynb"));
    expect(loopbook("run", join(folder, "link.ipynb"), "--in-place")).toMatchObject({ status: 0 });
    expect(read(real).cells[0]).toMatchObject({ execution_count: 1 });
    expect(lstatSync(join(folder, "link.ipynb")).isSymbolicLink()).toBe(true);
    expect(lstatSync(real).mode & 0o777).toBe(0o600);
  });

  test("a notebook of nbformat 3 is upgraded, run, and written as nbformat 4", () => {
    const file = join(folder, "old.ipynb");
    const cell = { cell_type: "code", language: "python", input: "6 * 7", outputs: [] };
    writeFileSync(
      file,
      JSON.stringify({ nbformat: 3, nbformat_minor: 0, metadata: {}, worksheets: [{ cells: [cell] }] }),
    );
    expect(loopbook("run", file, "--in-place")).toMatchObject({ status: 0 });
    expect(read(file)).toMatchObject({ nbformat: 4, cells: [{ outputs: [{ data: { "text/plain": ["42"] } }] }] });
  });

  test("two runs of a notebook save the same bytes but for times", () => {
    const source = `import { sleep, trace } from "loopbook"; (await trace(() => sleep(0.01))).timeline`;
    const file = notebook(["console.log('a'); console.error('b')", source, "display({ a: 1 })"]);
    writeFileSync(file, readFileSync(file, "utf8").replace(/"id":"c\d",/g, ""));
    const bytes = (output: string): string => {
      expect(loopbook("run", file, "--output", join(folder, output), "--clock", "virtual")).toMatchObject({
        status: 0,
      });
      return readFileSync(join(folder, output, "test.ipynb"), "utf8").replace(/"20\d\d-[^"]*Z"/g, "a time");
    };
    expect(bytes("one")).toBe(bytes("two"));
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

  test("--allow-errors goes on after failing cells, marks them, and counts them, in the report too", () => {
    const file = notebook(["throw new Error('one')", "1", "Promise.reject(new TypeError('two')); 2"]);
    const report = join(folder, "report.json");
    const { status, stdout, stderr } = loopbook("run", file, "--allow-errors", "--report", report);
    expect(status).toBe(0);
    expect(stdout).toMatch(/test\.ipynb: 3 cells ran, 2 failed, in [\d.]+ s\n$/);
    expect(stderr).toMatch(/cell 1\/3 failed .*\n.*cell 2\/3 ok .*\n.*cell 3\/3 failed/);
    expect(stderr).toContain("test.ipynb: cell 3 failed: TypeError: two\n");
    expect(JSON.parse(readFileSync(report, "utf8")).notebooks[0]).toMatchObject({
      failed: 2,
      failures: [
        { number: 1, id: "c0", summary: "Error: one", allowed: "--allow-errors" },
        { number: 3, id: "c2", summary: "TypeError: two", allowed: "--allow-errors" },
      ],
    });
  });

  test("the tag raises-exception announces a failure: it ends nothing, and is not counted", () => {
    const file = notebook([{ source: "throw new Error('on purpose')", tags: ["raises-exception"] }, "1"]);
    const { status, stdout, stderr } = loopbook("run", file);
    expect(status).toBe(0);
    expect(stdout).toContain("2 cells ran in");
    expect(stderr).toContain("cell 1/2 raised");
  });

  test("a rejection that nobody handles fails its cell, and the next one does not run", () => {
    const { status, stdout, stderr } = loopbook("run", notebook(["Promise.reject(new Error('x')); 1", "2"]));
    expect(status).toBe(1);
    expect(stderr).toContain("Error: x\n    Cell [1], line 1");
    expect(stdout).toContain("cell 1 of 2 failed");
  });

  test("a cell that fails after its end is the one that failed", () => {
    const late =
      "let go = () => {}; new Promise<void>((resolve) => { go = resolve }).then(() => { throw new Error('late') }); 1";
    const { status, stdout, stderr } = loopbook("run", notebook([late, "go(); await new Promise(setImmediate)", "3"]));
    expect(status).toBe(1);
    expect(stderr).toContain("test.ipynb: cell 1/3 failed after its end\n");
    expect(stdout).toContain("cell 1 of 3 failed");
  });

  test("the cell that called process.exit is blamed, not the one that ran then", () => {
    const cells = ["setTimeout(() => process.exit(3), 100); 0", "await new Promise(() => {})"];
    const { status, stdout, stderr } = loopbook("run", notebook(cells), "--allow-errors", "--in-place");
    expect(status).toBe(1);
    expect(stderr).toContain("SystemExit: process.exit(3) was called");
    expect(stdout).toContain("cell 1 of 2 failed");
  });

  test("timers and I/O of cells are waited for at the end, and what they show is saved", () => {
    const file = notebook(["setTimeout(() => console.log('late'), 1500); 0"]);
    expect(loopbook("run", file, "--in-place")).toMatchObject({ status: 0 });
    expect(JSON.stringify(read(file).cells[0])).toContain("late");
    expect(loopbook("run", notebook(["setTimeout(() => { throw new Error('late') }, 300); 0"]))).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("cell 1 of 1 failed"),
    });
  });

  test("what does not end is cut off in the end, and said: how many, from which cell", () => {
    const file = notebook(["1", "setInterval(() => {}, 50); setInterval(() => {}, 50); 0"]);
    const report = join(folder, "report.json");
    const { status, stderr } = loopbook("run", file, "--timeout", "1", "--report", report);
    expect(status).toBe(0);
    expect(stderr).toMatch(/test\.ipynb: cut off after waiting \d\.\d s at the end: 2 timers \(cell 2\)\n/);
    expect(JSON.parse(readFileSync(report, "utf8")).notebooks[0].leftover.pending).toMatchObject([
      { what: "timer", count: 2, cell: 2 },
    ]);
    const server = notebook(["import { createServer } from 'node:http'; createServer().listen(0); 0"]);
    expect(loopbook("run", server).stderr).toContain("closed at the end: 1 server (cell 1)");
  });

  test("--verbose prints what cells show, results on stdout and errors on stderr", () => {
    const cells = ["console.log('hello'); 6 * 7", "console.error('careful'); throw new Error('on purpose')"];
    const { stdout, stderr } = loopbook("run", notebook(cells), "--verbose");
    expect(stdout).toMatch(/^hello\n42\n.*cell 2 of 2 failed/);
    expect(stderr).toMatch(/careful\nError: on purpose\n/);
    expect(stderr.match(/Error: on purpose/g)).toHaveLength(1);
  });

  test("colours are for terminals, or for who forces them", () => {
    const file = notebook(["throw new Error('on purpose')"]);
    const stderrWith = (env: { [name: string]: string | undefined }) =>
      spawnSync(process.execPath, ["cli/loopbook.js", "run", file], {
        encoding: "utf8",
        env: { ...process.env, FORCE_COLOR: undefined, NO_COLOR: undefined, ...env },
      }).stderr;
    expect(stderrWith({})).not.toContain("\x1b");
    expect(stderrWith({ FORCE_COLOR: "1" })).toContain("\x1b[1m");
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

  test("--no-install does not install what a cell imports, and says how to get it", () => {
    const { status, stderr } = loopbook("run", notebook(["import 'npm:left-pad@1'"]), "--no-install");
    expect(status).toBe(1);
    expect(stderr).toContain("left-pad@1 is not installed for this notebook, and --no-install forbids to install it");
    expect(readdirSync(folder)).toEqual(["test.ipynb"]);
  });

  test("a notebook without the lessons' server beside it is told so", () => {
    const file = notebook(["import { fetch } from './server/fetch.ts'", "await fetch('https://example.com')"]);
    const { status, stderr } = loopbook("run", file);
    expect(status).toBe(1);
    expect(stderr).toContain(`The lessons' server is missing: there is no server/fetch.ts in ${folder}.`);
  });

  test("--clock virtual passes hours in no time", () => {
    const file = notebook(["import { sleep, timed } from 'loopbook'; await timed('Two hours', () => sleep(7200))"]);
    expect(loopbook("run", file, "--in-place", "--clock", "virtual")).toMatchObject({ status: 0 });
    expect(read(file).cells[0]).toMatchObject({ outputs: [{ text: ["Two hours: 7200.00s\n"] }] });
  });

  test("types are checked where they are asked for: --types, LOOPBOOK_TYPES, or the notebook's metadata", () => {
    const file = notebook(["const count: number = 'three'", "console.log(count)"]);
    const shown = "Type 'string' is not assignable to type 'number'.";
    expect(loopbook("run", file, "--in-place")).toMatchObject({ status: 0 });
    expect(JSON.stringify(read(file).cells)).not.toContain(shown);
    const refused = loopbook("run", file, "--types", "strict");
    expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining(shown) });
    expect(loopbookWith({ LOOPBOOK_TYPES: "strict" }, "run", file).stderr).toContain(shown);
    expect(loopbookWith({ LOOPBOOK_TYPES: "strict" }, "run", file, "--types", "off")).toMatchObject({ status: 0 });
    const strict = notebook(["const count: number = 'three'"], { loopbook: { types: "strict" } }, "strict.ipynb");
    expect(loopbook("run", strict).stderr).toContain(shown);
    expect(loopbook("run", strict, "--types", "off")).toMatchObject({ status: 0 });
  });

  test("--jobs runs several notebooks, each in a kernel of its own, and sums them up", () => {
    const files = ["one", "two", "three"].map((name) => notebook(["const here = 1", "here"], {}, `${name}.ipynb`));
    const { status, stdout } = loopbook("run", ...files, "--jobs", "3");
    expect(status).toBe(0);
    expect(stdout).toMatch(/^notebook +cells +result +time$/m);
    for (const file of [...files, "all"]) expect(stdout).toMatch(new RegExp(`^${file} +[26] +(?:ran|ok) `, "m"));
  });

  test("a notebook that fails is told in the summary, and the others run", () => {
    const bad = notebook(["throw new Error('on purpose')", "1"], {}, "bad.ipynb");
    const good = notebook(["1"], {}, "good.ipynb");
    const { status, stdout } = loopbook("run", bad, good);
    expect(status).toBe(1);
    expect(stdout).toMatch(/bad\.ipynb +1\/2 +cell 1 failed/);
    expect(stdout).toMatch(/good\.ipynb +1 +ran/);
    expect(stdout).toMatch(/^all +2\/3 +1 of 2 failed/m);
  });

  test.for([
    [["run"]],
    [["run", "no-such-file.ipynb"]],
    [["run", "a.ipynb", "--timeout", "soon"]],
    [["run", "a.ipynb", "--in-place", "--output", "b"]],
    [["run", "a.ipynb", "--in-place", "--check"]],
    [["run", "a.ipynb", "--clock", "broken"]],
    [["run", "a.ipynb", "--jobs", "0"]],
    [["run", "a.ipynb", "--no-such-option"]],
    [["no-such-command"]],
  ])("bad usage %j is exit code 2", ([args = []]) => {
    expect(loopbook(...args)).toMatchObject({ status: 2, stdout: "" });
  });

  test("a wrong option is a line, with what was meant, and a hint", () => {
    expect(loopbook("run", "a.ipynb", "--chek").stderr).toBe(
      "error: unknown option '--chek' (Did you mean --check?)\n`loopbook run --help` lists the options.\n",
    );
  });
});

describe("loopbook run --check", { timeout: 60_000 }, () => {
  const sleeping = (seconds: number, loopbook: object): TestCell => ({
    source: `await timed("A nap", () => sleep(${seconds}))`,
    loopbook,
  });

  /** A notebook with outputs that were saved by a run, of which one cell is then changed. */
  function saved(cells: readonly (string | TestCell)[], change: (source: string) => string = (same) => same): string {
    const file = notebook(["import { sleep, timed } from 'loopbook'", ...cells]);
    expect(loopbook("run", file, "--in-place")).toMatchObject({ status: 0 });
    writeFileSync(file, change(readFileSync(file, "utf8")));
    return file;
  }

  test("a run that shows what was saved is exit code 0, whatever the clock", () => {
    const file = saved(["console.log('hello'); 6 * 7", sleeping(0.4, { seconds: 0.4 })]);
    const { status, stdout } = loopbook("run", file, "--check");
    expect(status).toBe(0);
    expect(stdout).toContain("3 cells ran in");
    expect(stdout).toContain(", all as saved");
    expect(loopbook("run", file, "--check", "--clock", "virtual")).toMatchObject({ status: 0 });
  });

  test("a wrong output is exit code 1, with the cell, what was expected and what came", () => {
    const file = saved(["console.log('hello')"], (text) => text.replace('"hello\\n"', '"good bye\\n"'));
    const { status, stdout, stderr } = loopbook("run", file, "--check");
    expect(status).toBe(1);
    expect(stderr).toContain(
      "cell 2 (c1)\n  stdout is not as saved (- expected, + got):\n    - good bye\n    + hello\n",
    );
    expect(stdout).toContain("1 of them not as saved");
  });

  test("a time out of range is exit code 1, with the cell and the range", () => {
    const file = saved([sleeping(0.4, { seconds: 0.2 })]);
    const { status, stderr } = loopbook("run", file, "--check", "--clock", "virtual");
    expect(status).toBe(1);
    expect(stderr).toContain("cell 2 (c1)\n  took 0.40 s; it states 0.2 s, so it should take exactly 0.20 s");
    expect(loopbook("run", file, "--check").stderr).toContain("so it should take 0.20 to 0.23 s");
  });

  test("a time is measured by the notebook's clock also where the cell prints none", () => {
    const silent = (loopbook: object) => saved([{ source: "await sleep(0.4)", loopbook }]);
    expect(loopbook("run", silent({ seconds: 0.4 }), "--check", "--clock", "virtual").status).toBe(0);
    const { status, stderr } = loopbook("run", silent({ seconds: 0.2 }), "--check", "--clock", "virtual");
    expect([status, stderr]).toEqual([1, expect.stringContaining("took 0.40 s; it states 0.2 s")]);
  });

  test("what was never saved cannot be compared, and that is said", () => {
    expect(loopbook("run", notebook(["1"]), "--check")).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("run the notebook with --in-place first"),
    });
  });

  test("a notebook that only misses its times beside others runs again, beside fewer and at last alone, and that is said", () => {
    const late = saved([sleeping(0.4, { seconds: 0.2 })]);
    const slow = notebook(["await new Promise((resolve) => setTimeout(resolve, 4000))"], {}, "slow.ipynb");
    expect(loopbook("run", slow, "--in-place")).toMatchObject({ status: 0 });
    const { status, stdout, stderr } = loopbook("run", late, slow, "--check", "--jobs", "2");
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /test\.ipynb: cell 2 \(c1\)\n {2}took 0\.4\d s; .*\n.*test\.ipynb: other notebooks ran at the same time: it runs again\n/,
    );
    expect(stdout).toMatch(/test\.ipynb: 2 cells ran in [\d.]+ s, 1 of them not as saved, in run [23]\n/);
  });

  test("--report has all of it as JSON", () => {
    const fast = { ...sleeping(0.1, { seconds: 0.1, against: "c1" }) };
    const file = saved([sleeping(0.4, { seconds: 0.4 }), fast, "console.log('hello')"], (text) =>
      text.replace('"hello\\n"', '"good bye\\n"'),
    );
    const report = join(folder, "report.json");
    expect(loopbook("run", file, "--check", "--clock", "virtual", "--report", report)).toMatchObject({ status: 1 });
    expect(JSON.parse(readFileSync(report, "utf8"))).toMatchObject({
      passed: false,
      clock: "virtual",
      notebooks: [
        {
          file,
          passed: false,
          cells: 4,
          ran: 4,
          stated: 0.5,
          speedUps: [{ cell: "c2", against: "c1", inARow: 0.4, together: 0.1, speedUp: 4 }],
          differences: [
            { number: 4, id: "c3", differences: [{ kind: "output", expected: ["good bye"], got: ["hello"] }] },
          ],
        },
      ],
    });
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
