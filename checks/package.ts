// `npm run check:package`: what npm would publish, looked at as those see it who install it, and the lock file.
// Packs into a temporary folder; exit code 1 with each fault.

import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { filterProblems } from "@arethetypeswrong/core/problems";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { faultsOfLockFile } from "./lock-file.ts";

const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "loopbook-package-"));
try {
  execFileSync(process.execPath, ["build.js", "--if-stale"], { cwd: root, stdio: "inherit" });
  const tarball = pack();
  const faults = [
    ...faultsOfLockFile(readFileSync(join(root, "package-lock.json"), "utf8")),
    ...(await Promise.all([publishing(tarball), resolving(tarball), compiling(tarball)])).flat(),
  ];
  for (const fault of faults) console.error(fault);
  console.log(`${(tarball.length / 1e6).toFixed(1)} MB packed, ${faults.length} faults`);
  process.exitCode = faults.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function pack(): Uint8Array<ArrayBuffer> {
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  execFileSync(npm, ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
  const [file = ""] = readdirSync(folder);
  return new Uint8Array(readFileSync(join(folder, file)));
}

/** publint: package.json and the files agree. */
async function publishing(tarball: Uint8Array<ArrayBuffer>): Promise<string[]> {
  const { messages, pkg } = await publint({ pack: { tarball: tarball.buffer }, strict: true });
  return messages.map((message) => `publint: ${formatMessage(message, pkg, { color: false }) ?? message.code}`);
}

/** Are the types wrong: TypeScript finds declarations that say of the code what it is. It is for ES modules only, as the code is. */
async function resolving(tarball: Uint8Array): Promise<string[]> {
  const analysis = await checkPackage(createPackageFromTarballData(tarball));
  if (!analysis.types) return ["attw: the package has no types."];
  const problems = new Set(
    (["node16-esm", "bundler"] as const).flatMap((resolutionKind) => filterProblems(analysis, { resolutionKind })),
  );
  return [...problems].map((problem) => `attw: ${JSON.stringify(problem)}`);
}

/** A program of somebody else's compiles: the declarations name nothing that is not published. */
async function compiling(tarball: Uint8Array): Promise<string[]> {
  const published = createPackageFromTarballData(tarball);
  for (const path of published.listFiles().filter((path) => /\.d\.ts$|package\.json$/.test(path)))
    write(path, published.readFile(path));
  symlinkSync(join(root, "node_modules/@types"), join(folder, "node_modules/@types"), "junction");
  write("package.json", '{ "type": "module" }');
  write("program.ts", 'export * from "loopbook";\nexport * as testing from "loopbook/testing";\n');
  const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "esnext", "--skipLibCheck", "false"];
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  try {
    await promisify(execFile)(process.execPath, [compiler, ...options, "program.ts"], { cwd: folder });
    return [];
  } catch (error) {
    if (!(error instanceof Error && "stdout" in error)) throw error;
    return [`A program that imports the package does not compile:\n${error.stdout}`];
  }
}

function write(path: string, text: string): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
