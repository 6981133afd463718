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
  ])("%s is exit code 2 with the usage", (_, words) => {
    const { status, stderr } = kernel(...words);
    expect(status).toBe(2);
    expect(stderr).toContain("usage: main.js [--no-install] CONNECTION_FILE");
  });

  test("what a client appends is ignored: words and options", () => {
    const { status, stderr } = kernel("no-such-file.json", "x", "--no-such-option", "--such=value", "-v", "value");
    expect(status).toBe(1);
    expect(stderr).toContain("no-such-file.json");
  });
});
