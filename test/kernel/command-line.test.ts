// The kernel's process as a kernelspec starts it.

import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";

function kernel(...words: string[]) {
  const { status, stderr } = spawnSync(process.execPath, ["kernel/main.ts", ...words], { encoding: "utf8" });
  return { status, stderr };
}

describe("the kernel's command line", () => {
  test.each([
    ["no connection file", []],
    ["nothing but an option", ["--no-install"]],
    ["two connection files", ["a.json", "b.json"]],
    ["an option that it does not know", ["a.json", "--no-such-option"]],
  ])("%s is exit code 2 with the usage", (_, words) => {
    const { status, stderr } = kernel(...words);
    expect(status).toBe(2);
    expect(stderr).toContain("usage: main.js [--no-install] CONNECTION_FILE");
  });

  test("an option that it does not know is named", () => {
    expect(kernel("a.json", "--no-such-option").stderr).toContain("--no-such-option");
  });
});
