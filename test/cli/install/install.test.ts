// install.js as a user runs it: in a process of its own, into folders of its own.

import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { isAbsolute, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import * as z from "zod";

const specSchema = z.object({
  argv: z.array(z.string()),
  display_name: z.string(),
  language: z.string(),
  interrupt_mode: z.string(),
  metadata: z.record(z.string(), z.unknown()),
});

let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), "loopbook-install-"));
});
afterEach(() => rmSync(scratch, { recursive: true, force: true }));

function install(args: readonly string[], env: { [name: string]: string } = {}) {
  const { PATH = "" } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["install.js", ...args], {
    encoding: "utf8",
    env: { PATH, HOME: join(scratch, "home"), ...env },
  });
  return { status, stdout, stderr };
}

const kernels = (dataDir: string) => join(dataDir, "kernels");
const readSpec = (folder: string) => specSchema.parse(JSON.parse(readFileSync(join(folder, "kernel.json"), "utf8")));

test("--prefix writes a kernelspec whose command exists and answers", () => {
  expect(install(["--prefix", scratch])).toMatchObject({ status: 0 });
  const folder = join(kernels(join(scratch, "share", "jupyter")), "loopbook");
  const spec = readSpec(folder);
  expect(spec).toMatchObject({
    display_name: "TypeScript (Loopbook)",
    language: "typescript",
    interrupt_mode: "message",
    metadata: { debugger: false },
  });
  expect(spec.argv.at(-1)).toBe("{connection_file}");
  expect(spec.argv[1]).toBe("--no-force-async-hooks-checks");
  for (const word of [spec.argv[0] ?? "", spec.argv[2] ?? ""])
    expect(isAbsolute(word) && existsSync(word), word).toBe(true);
  expect(execFileSync(spec.argv[0] ?? "", ["--version"], { encoding: "utf8" })).toMatch(/^v2[4-9]\./);
  expect(readdirSync(folder).toSorted()).toEqual(["kernel.json", "logo-32x32.png", "logo-64x64.png", "logo-svg.svg"]);
});

test("--user is the default, and honours JUPYTER_DATA_DIR", () => {
  const dataDir = join(scratch, "data");
  expect(install([], { JUPYTER_DATA_DIR: dataDir })).toMatchObject({ status: 0 });
  expect(existsSync(join(kernels(dataDir), "loopbook", "kernel.json"))).toBe(true);
});

test("--sys-prefix takes the active virtualenv", () => {
  expect(install(["--sys-prefix"], { VIRTUAL_ENV: join(scratch, "venv") })).toMatchObject({ status: 0 });
  expect(existsSync(join(scratch, "venv/share/jupyter/kernels/loopbook/kernel.json"))).toBe(true);
});

test("installing again replaces the old kernelspec and leaves nothing else behind", () => {
  install(["--prefix", scratch]);
  const folder = kernels(join(scratch, "share", "jupyter"));
  writeFileSync(join(folder, "loopbook", "old-file"), "");
  expect(install(["--prefix", scratch, "--display-name", "Other"])).toMatchObject({ status: 0 });
  expect(readdirSync(folder)).toEqual(["loopbook"]);
  expect(existsSync(join(folder, "loopbook", "old-file"))).toBe(false);
  expect(readSpec(join(folder, "loopbook")).display_name).toBe("Other");
});

test("--list names what is installed, and what no longer works", () => {
  const env = { JUPYTER_DATA_DIR: join(scratch, "data") };
  expect(install(["--list"], env).stdout).toContain("No Loopbook kernelspec found");
  install(["--name", "mine"], env);
  expect(install(["--list"], env).stdout).toMatch(/^mine .*TypeScript \(Loopbook\)/);
  const file = join(scratch, "data/kernels/mine/kernel.json");
  writeFileSync(file, readFileSync(file, "utf8").replace("main.js", "gone/dist/kernel/main.js"));
  expect(install(["--list"], env).stdout).toContain("does not exist; install again");
});

test("--uninstall removes the kernelspec, and says so if there is none", () => {
  const env = { JUPYTER_DATA_DIR: join(scratch, "data") };
  install([], env);
  expect(install(["--uninstall"], env)).toMatchObject({ status: 0 });
  expect(existsSync(join(scratch, "data/kernels/loopbook"))).toBe(false);
  expect(install(["--uninstall"], env)).toMatchObject({ status: 1 });
});

test("--uninstall does not touch another kernel's kernelspec", () => {
  const folder = join(scratch, "data/kernels/loopbook");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "kernel.json"), JSON.stringify({ argv: ["python"], display_name: "Python" }));
  const { status, stderr } = install(["--uninstall"], { JUPYTER_DATA_DIR: join(scratch, "data") });
  expect(status).toBe(1);
  expect(stderr).toContain("belongs to another kernel");
  expect(existsSync(folder)).toBe(true);
});

test("a folder that cannot be written is a clear error", () => {
  const file = join(scratch, "file");
  writeFileSync(file, "");
  const { status, stderr } = install(["--prefix", file]);
  expect(status).toBe(1);
  expect(stderr).toMatch(/Cannot write the kernelspec to .*file.*\n.*(ENOTDIR|EEXIST).*\nChoose a folder/);
});

test.for([[["--no-such-option"]], [["--user", "--sys-prefix"]], [["--prefix", ""]], [["extra"]]])(
  "bad usage %j is exit code 2 with the usage",
  ([args = []]) => {
    const { status, stderr } = install(args);
    expect(status).toBe(2);
    expect(stderr).toContain("Usage: node install.js");
  },
);

test("a name that is no folder name is refused", () => {
  const { status, stderr } = install(["--prefix", scratch, "--name", "../up"]);
  expect(status).toBe(1);
  expect(stderr).toContain("--name must be made of");
});

test("--help prints the usage", () => {
  expect(install(["--help"])).toMatchObject({ status: 0, stdout: expect.stringContaining("--sys-prefix") });
});
