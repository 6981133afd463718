// Programs that a cell starts with Node find `loopbook`, wherever the notebook lies.

import { expect, test } from "vitest";
import { announceToChildren } from "../../../kernel/modules/child-modules.ts";
import { SessionProcess } from "../session/session-process.ts";

test("what NODE_OPTIONS says already stays, and ours is added once", () => {
  const env: NodeJS.ProcessEnv = { NODE_OPTIONS: "--max-old-space-size=4096" };
  announceToChildren(env);
  const once = env.NODE_OPTIONS;
  expect(once).toMatch(/^--max-old-space-size=4096 --require ".*child-hooks\.cjs"$/);
  announceToChildren(env);
  expect(env.NODE_OPTIONS).toBe(once);
});

test("a script beside a notebook finds it, from import and require, in programs that Node starts, too", async () => {
  using session = new SessionProcess({
    "script.ts": 'import { sleep } from "loopbook"; const kind: string = typeof sleep; console.log("import", kind);',
    "script.cjs": 'console.log("require", typeof require("loopbook").sleep);',
    "starts.mjs":
      'import { execFileSync } from "node:child_process"; console.log(String(execFileSync(process.execPath, ["script.ts"])));',
  });
  const { text } = await session.run(`
    import { execFileSync } from "node:child_process";
    for (const name of ["script.ts", "script.cjs", "starts.mjs"])
      console.log(String(execFileSync(process.execPath, [name])).trim());
  `);
  expect(text).toBe("import function\nrequire function\nimport function\n");
}, 30_000);

test("another one that is installed beside the script is found first", async () => {
  using session = new SessionProcess();
  const { text } = await session.run(`
    import { mkdirSync, writeFileSync } from "node:fs";
    import { execFileSync } from "node:child_process";
    mkdirSync("node_modules/loopbook", { recursive: true });
    writeFileSync("node_modules/loopbook/index.js", "exports.own = true");
    writeFileSync("script.mjs", "import loopbook from 'loopbook'; console.log(loopbook.own)");
    console.log(String(execFileSync(process.execPath, ["script.mjs"])).trim());
  `);
  expect(text).toBe("true\n");
}, 30_000);
