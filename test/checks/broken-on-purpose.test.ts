// The rules of `npm run check` on a copy of this project, as it is and with a rule broken.

import { spawnSync } from "node:child_process";
import { appendFileSync, cpSync, globSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";

// A copy is made and looked through as a whole: some seconds, more where other tests run beside it.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const PARTS = [
  "bench",
  "checks",
  "cli",
  "docs",
  "kernel",
  "notebooks",
  "runtime",
  "test",
  ".ci",
  ...globSync("*.{js,ts,json}"),
];
const NOT_COPIED = /node_modules|\.venv|\.ipynb|package-lock\.json/;

const copy = mkdtempSync(join(tmpdir(), "loopbook-copy-"));
symlinkSync(resolve("node_modules"), join(copy, "node_modules"), "junction");
afterAll(() => rmSync(copy, { recursive: true, force: true }));
beforeEach(() => {
  for (const part of PARTS)
    cpSync(part, join(copy, part), { recursive: true, filter: (path) => !NOT_COPIED.test(path) });
});

function check(...command: string[]): { passes: boolean; says: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: copy, encoding: "utf8" });
  return { passes: status === 0, says: stdout + stderr };
}

const write = (file: string, code: string): void => appendFileSync(join(copy, file), `\n${code}\n`);

describe("the check of rooms", () => {
  const rooms = () => check("checks/rooms.ts");

  test("passes the project, and says how many circles and floors it has", () => {
    expect(rooms()).toEqual({
      passes: true,
      says: expect.stringMatching(/^\d+ files, 0 circles; \d+ rooms, \d+ floors/),
    });
  });

  test("fails for an import from runtime/core/ to runtime/loop/, of a type too", () => {
    write("runtime/core/errors.ts", 'export type Upwards = import("../loop/loop.ts").EventLoop;');
    const { passes, says } = rooms();
    expect(passes).toBe(false);
    expect(says).toContain("runtime/core/errors.ts imports runtime/loop/loop.ts, but");
    expect(says).toContain("These files import each other in a circle");
  });
});

test("the check of what is unused fails for an export and for a file that nobody imports, and names no other", () => {
  write("runtime/core/errors.ts", "export const nobodyImportsThis = 1;");
  write("cli/run/nobody-imports-this.ts", "const a = 1;");
  const { passes, says } = check("node_modules/knip/bin/knip.js", "--reporter", "compact");
  expect(passes).toBe(false);
  expect(says.split("\n").filter((line) => /^[\w/-]+\.\w+/.test(line))).toEqual([
    expect.stringMatching(/^cli\/run\/nobody-imports-this\.ts/),
    expect.stringMatching(/^runtime\/core\/errors\.ts: nobodyImportsThis/),
  ]);
});
