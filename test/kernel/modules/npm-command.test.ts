import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { npmComplaint, runNpm } from "../../../kernel/modules/npm-command.ts";

afterEach(() => vi.unstubAllEnvs());

/** A folder to work in, with a program of ours as the npm of the PATH. */
function withNpm(script: string): string {
  const directory = mkdtempSync(join(tmpdir(), "lb-npm-"));
  const bin = join(directory, "bin");
  mkdirSync(bin);
  writeFileSync(join(bin, "npm"), script);
  chmodSync(join(bin, "npm"), 0o755);
  vi.stubEnv("PATH", `${bin}:${process.env.PATH}`);
  return directory;
}
/** Starts a program of its own, says where that is, and waits for it. */
const HANGS = '#!/bin/sh\nsleep 1000 &\necho $! > child\necho "npm error is slow today" >&2\nwait\n';

/** Whether what the npm above has started still runs; what only waits for its end to be read does not. */
function isRunning(directory: string): boolean {
  const pid = readFileSync(join(directory, "child"), "utf8").trim();
  return /^[^Z]/.test(spawnSync("ps", ["-o", "stat=", "-p", pid], { encoding: "utf8" }).stdout.trim());
}

describe.skipIf(process.platform === "win32")("npm", () => {
  test("runs on the Node of the kernel, whatever other is first in the PATH", async () => {
    const directory = withNpm("#!/usr/bin/env node\nconsole.log(process.execPath)");
    writeFileSync(join(directory, "bin", "node"), "#!/bin/sh\necho another Node\n");
    chmodSync(join(directory, "bin", "node"), 0o755);
    expect(await runNpm({ directory, args: [] })).toBe(`${process.execPath}\n`);
  });

  test("works in the folder that it is given, with the arguments", async () => {
    const directory = withNpm('#!/bin/sh\npwd\necho "$1 $2"\n');
    const folder = join(directory, "inner");
    mkdirSync(folder);
    expect(await runNpm({ directory: folder, args: ["install", "left-pad"] })).toBe(`${folder}\ninstall left-pad\n`);
  });

  test("that does not end is stopped, with all it has started, and what it said so far is told", async () => {
    const directory = withNpm(HANGS);
    const error = await runNpm({ directory, args: [], timeLimit: 0.5 }).catch(String);
    expect(error).toContain("npm did not end within 0.5 s and was stopped. LOOPBOOK_INSTALL_TIMEOUT=<seconds> allows");
    expect(error).toContain("is slow today");
    await vi.waitFor(() => expect(isRunning(directory)).toBe(false));
  });

  test("may take as long as LOOPBOOK_INSTALL_TIMEOUT says", async () => {
    const directory = withNpm(HANGS);
    vi.stubEnv("LOOPBOOK_INSTALL_TIMEOUT", "0.25");
    await expect(runNpm({ directory, args: [] })).rejects.toThrow("within 0.25 s");
  });

  test("ends when nobody waits for it any more", async () => {
    const directory = withNpm(HANGS);
    const controller = new AbortController();
    const ran = runNpm({ directory, args: [], signal: controller.signal });
    await vi.waitFor(() => expect(existsSync(join(directory, "child"))).toBe(true));
    controller.abort(new Error("interrupted"));
    await expect(ran).rejects.toThrow("interrupted");
    await vi.waitFor(() => expect(isRunning(directory)).toBe(false));
  });

  test("that is not there is told as that", async () => {
    vi.stubEnv("PATH", dirname(withNpm("")));
    await expect(runNpm({ directory: tmpdir(), args: [] })).rejects.toThrow("npm is not on the PATH");
  });

  test("that fails in silence is told by its exit code", async () => {
    const directory = withNpm("#!/bin/sh\nexit 3\n");
    await expect(runNpm({ directory, args: [] })).rejects.toThrow("exit code 3");
  });
});

describe("of what npm says when it fails, the user reads", () => {
  test.each([
    [
      "that there is no such package",
      "npm error code E404\nnpm error 404 Not Found - GET https://registry.test/nothing\nnpm error 404\n" +
        "npm error 404  The requested resource 'nothing@*' could not be found.\nnpm error 404\n" +
        "npm error A complete log of this run can be found in: /somewhere/debug.log\n",
      "code E404\n404 Not Found - GET https://registry.test/nothing\n" +
        "404  The requested resource 'nothing@*' could not be found.",
    ],
    [
      "that there is no network",
      "npm ERR! code EAI_AGAIN\nnpm ERR! syscall getaddrinfo\nnpm ERR! errno EAI_AGAIN\n" +
        "npm ERR! request to https://registry.test/ms failed, reason: getaddrinfo EAI_AGAIN\n",
      "code EAI_AGAIN\nsyscall getaddrinfo\nerrno EAI_AGAIN\n" +
        "request to https://registry.test/ms failed, reason: getaddrinfo EAI_AGAIN",
    ],
    [
      "which packages contradict each other, to the last line",
      `npm error code ERESOLVE\n${[1, 2, 3, 4, 5, 6].map((n) => `npm error peer ${n}\nnpm error\n`).join("")}`,
      "code ERESOLVE\npeer 1\npeer 2\npeer 3\npeer 4\npeer 5\npeer 6",
    ],
  ])("%s", (_, said, read) => expect(npmComplaint(said)).toBe(read));
});
