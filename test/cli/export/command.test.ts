// `loopbook export` as a user runs it.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { code, markdown, Workplace } from "./notebooks.ts";

function loopbook(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["cli/loopbook.js", "export", ...args], {
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

describe("loopbook export", { timeout: 60_000 }, () => {
  test("writes a page for each notebook, an index, and the files they link to", () => {
    using place = new Workplace();
    mkdirSync(join(place.folder, "scripts"));
    place.file("scripts/a.ts", "1");
    const a = place.notebook([markdown("# A\n\n[file](scripts/a.ts)")], "a.ipynb");
    const b = place.notebook([markdown("# B\n\n[gone](c.ipynb)")], "b.ipynb");
    const site = join(place.folder, "made", "site");
    const { status, stdout, stderr } = loopbook(a, b, "--output", site, "--title", "Course", "--theme", "dark");
    expect(status, stderr).toBe(0);
    expect(stdout).toMatch(/a\.html: \d+ kB\n.*b\.html: \d+ kB\n.*index\.html: \d+ kB\n1 linked file copied\n$/);
    expect(stderr).toContain("b.ipynb: note: c.ipynb is not part of this export");
    expect(readdirSync(site).toSorted()).toEqual(["a.html", "b.html", "index.html", "scripts"]);
    expect(readFileSync(join(site, "index.html"), "utf8")).toMatch(
      /<html lang="en" data-theme="dark">[\s\S]*<h1>Course<\/h1>/,
    );
    expect(existsSync(join(site, "scripts", "a.ts"))).toBe(true);
  });

  test("--run exports what comes out of a run, also of one that fails", () => {
    using place = new Workplace();
    const file = place.notebook([code("6 * 7"), code("throw new RangeError('too far')"), code("'never'")]);
    const before = readFileSync(file, "utf8");
    const { status, stdout, stderr } = loopbook(file, "--run", "--output", place.folder);
    expect(status).toBe(1);
    expect(stdout).toContain("test.ipynb: cell 2 of 3 failed");
    expect(stderr).toContain("RangeError: too far");
    const html = readFileSync(join(place.folder, "test.html"), "utf8");
    expect(html).toContain("<pre>42</pre>");
    expect(html).toContain("too far");
    expect(html).toMatch(/class="time"/);
    expect(readFileSync(file, "utf8")).toBe(before);
  });

  test("--run has the options of loopbook run: a limit for each cell, several notebooks at once, nothing installed", () => {
    using place = new Workplace();
    const files = [
      place.notebook([code("while (true) {}"), code("'never'")], "endless.ipynb"),
      place.notebook([code("import 'npm:left-pad@1'")], "forbidden.ipynb"),
    ];
    const { status, stdout, stderr } = loopbook(
      ...[...files, "--output", join(place.folder, "site"), "--run"],
      ...["--timeout", "3", "--jobs", "2", "--no-install"],
    );
    expect(status).toBe(1);
    expect(stdout).toMatch(/endless\.ipynb +1\/2 +cell 1 failed/);
    expect(stdout).toMatch(/forbidden\.ipynb +1 +cell 1 failed/);
    expect(stderr).toContain("The cell took longer than 3 s");
    expect(stderr).toContain("--no-install forbids to install it");
    expect(readdirSync(join(place.folder, "site")).toSorted()).toEqual([
      "endless.html",
      "forbidden.html",
      "index.html",
    ]);
  });

  test("what is no notebook is exit code 1 with the reason, and the others are exported", () => {
    using place = new Workplace();
    const bad = place.file("bad.ipynb", "{");
    const good = place.notebook([markdown("# Good")]);
    const { status, stderr } = loopbook(bad, good, "--output", place.folder);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^.*bad\.ipynb: not JSON/);
    expect(existsSync(join(place.folder, "test.html"))).toBe(true);
  });

  test("a folder that cannot be written to is exit code 1 with the reason", () => {
    using place = new Workplace();
    const notebook = place.notebook([]);
    expect(loopbook(notebook, "--output", notebook)).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/Cannot write into .*test\.ipynb: it is a file, not a folder/),
    });
  });

  test.each([
    ["no notebook", ["--output", "x"]],
    ["no folder", ["notebooks/02-concurrent-tasks.ipynb"]],
    ["a notebook that is not there", ["no-such.ipynb", "--output", "x"]],
    ["a theme that is none", ["a.ipynb", "--output", "x", "--theme", "pink"]],
    ["a limit for cells that do not run", ["a.ipynb", "--output", "x", "--timeout", "1"]],
    ["a check where nothing runs", ["a.ipynb", "--output", "x", "--check"]],
    ["a clock where nothing runs", ["a.ipynb", "--output", "x", "--clock", "virtual"]],
    ["a number of runs where nothing runs", ["a.ipynb", "--output", "x", "--jobs", "2"]],
    ["forbidding to install where nothing runs", ["a.ipynb", "--output", "x", "--no-install"]],
  ])("%s is exit code 2", (_, args) => {
    expect(loopbook(...args)).toMatchObject({ status: 2, stdout: "" });
  });

  test("two notebooks of one name cannot be exported together", () => {
    using place = new Workplace();
    mkdirSync(join(place.folder, "other"));
    const files = ["a.ipynb", "other/a.ipynb"].map((name) => place.notebook([], name));
    expect(loopbook(...files, "--output", place.folder)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("would both become a.html"),
    });
  });
});
