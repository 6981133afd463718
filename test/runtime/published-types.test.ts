// The declarations that come with the package, as a program that imports it sees them.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";

/** What the type checker says of a program in a folder of its own. */
function check(program: string, options: object): string {
  const folder = mkdtempSync(join(tmpdir(), "types-"));
  const compilerOptions = {
    target: "esnext",
    module: "nodenext",
    lib: ["esnext"],
    strict: true,
    noEmit: true,
    types: ["node"],
    paths: {
      loopbook: [resolve("dist/types/runtime/index.d.ts")],
      "loopbook/testing": [resolve("dist/types/runtime/testing.d.ts")],
    },
    ...options,
  };
  symlinkSync(resolve("node_modules"), join(folder, "node_modules"), "junction");
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(join(folder, "program.ts"), program);
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["program.ts"] }));
  try {
    return execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", folder], { encoding: "utf8" });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

describe("the published types", () => {
  test("check without skipLibCheck", () => {
    const said = check('import "loopbook"; import "loopbook/testing";', { skipLibCheck: false });
    expect(said.split("\n").filter((line) => line.includes("dist/types/"))).toEqual([]);
  });

  test("say all that the types of the sources say", () => {
    const program = readFileSync("test/runtime/types.test-d.ts", "utf8").replace("../../runtime/index.ts", "loopbook");
    expect(check(program, { skipLibCheck: true })).toBe("");
  });

  test("name no internals", () => {
    const said = check(
      `import { type Lock, type Queue, type Task } from "loopbook";
       const internals = (task: Task, lock: Lock, queue: Queue) => [task.currentWait, lock.waiters, queue.getters];`,
      { skipLibCheck: true },
    );
    expect(said.match(/Property '\w+' does not exist/g)).toEqual([
      "Property 'currentWait' does not exist",
      "Property 'waiters' does not exist",
      "Property 'getters' does not exist",
    ]);
  });
});
