#!/usr/bin/env node
// `npm start`: the course as pages in site/, first as it was saved; then all lessons through the kernel at once, each cell
// checked against what it says, and the pages again with what was measured.
// Words after `npm start --` go to `loopbook export --run`, such as `--clock virtual`.
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
const INTERRUPTED = 130;

const notebooks = readdirSync("notebooks")
  .filter((file) => file.endsWith(".ipynb"))
  .sort()
  .map((file) => `notebooks/${file}`);
const address = pathToFileURL(join(root, SITE, "index.html")).href;

/** @param {string[]} words */
const exportCourse = (...words) =>
  spawnSync(
    process.execPath,
    ["cli/loopbook.js", "export", ...notebooks, "--output", SITE, "--title", TITLE, ...words],
    { stdio: "inherit" },
  ).status ?? 1;

console.log("The course as pages, with the outputs that were saved:\n");
const exported = exportCourse();
if (exported !== 0) process.exit(exported);

console.log(`
Read it now: ${address}

Meanwhile the lessons run, all at once, and each cell is compared with what it says. That takes about a minute:
`);
const words = process.argv.slice(2);
const ran = exportCourse("--run", "--check", "--timeout", TIMEOUT, "--jobs", String(notebooks.length), ...words);
if (ran === INTERRUPTED) process.exit(INTERRUPTED);

console.log(`
${ran === 0 ? "All cells ran and show what they should; the pages have the times of this run." : "Not all cells are as they should be: see above."}
Read the course:     ${address}
Work through it:     npm run lab        (JupyterLab with this kernel)
Check it in seconds: npm run lessons -- --clock virtual`);
process.exitCode = ran;
