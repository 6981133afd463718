#!/usr/bin/env node
// `npm start`: the lessons through the kernel, each cell checked against what it says, then the course as pages in site/.
// Words after `npm start --` go to `loopbook run`, such as `--clock virtual`.
// Plain JavaScript, because npm runs it with whatever Node it has.

import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
process.chdir(root);

/** Seconds for a cell that does not end; the longest lesson's longest cell takes 6. */
const TIMEOUT = "60";
const SITE = "site";
const TITLE = "Asynchronous TypeScript, in five lessons";

/** @param {string[]} words */
const loopbook = (...words) =>
  spawnSync(process.execPath, ["cli/loopbook.js", ...words], { stdio: "inherit" }).status ?? 1;

const INTERRUPTED = 130;
const notebooks = readdirSync("notebooks")
  .filter((file) => file.endsWith(".ipynb"))
  .sort()
  .map((file) => `notebooks/${file}`);

console.log("The lessons run, and each cell is compared with what the notebook says:\n");
const ran = loopbook("run", ...notebooks, "--check", "--timeout", TIMEOUT, ...process.argv.slice(2));
if (ran === INTERRUPTED) process.exit(INTERRUPTED);

console.log("\nThe course as pages:\n");
const exported = loopbook("export", ...notebooks, "--output", SITE, "--title", TITLE);

console.log(`
${ran === 0 ? "All cells ran and show what they should." : "Not all cells are as they should be: see above."}
${exported === 0 ? `Read the course:     ${pathToFileURL(join(root, SITE, "index.html")).href}` : "The course could not be exported: see above."}
Work through it:     npm run lab        (JupyterLab with this kernel)
Check it in seconds: npm run lessons -- --clock virtual`);
process.exitCode = ran || exported;
